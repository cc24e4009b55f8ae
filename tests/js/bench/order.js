/** The third example of the vendor's seed document. */
export const ORDER = {
  model: 'seedance2.0-mini-video',
  prompt: 'Match the motion rhythm and camera language of the reference clip',
  duration: 8,
  resolution: '720p',
  ratio: '16:9',
  images: ['https://example.com/ref.jpg'],
  reference_videos: ['https://example.com/motion.mp4'],
};
