// What the files endpoint accepts, from the vendor's upload page (source `page:upload`). These are facts of that endpoint, not of
// the create call, so the core's table does not hold them. SVG is left out: it is markup, not a picture a model can read.

export const UPLOAD_BYTES = 100 * 1024 * 1024;

export const UPLOAD_TYPES = {
  image: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp'],
  video: ['mp4', 'mov', 'avi', 'webm', 'mkv', 'm4v', 'flv'],
  audio: ['mp3', 'wav', 'aac', 'm4a', 'flac', 'ogg'],
};
export const UPLOAD_ENDINGS = Object.values(UPLOAD_TYPES).flat();
