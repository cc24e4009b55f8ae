// Requests in the shape of Volcengine Ark or fal, converted as the command line does it (crates/ledger, `--from`).
import { FIELDS } from './draft.js';

const FAL = {
  image_url: 'first_image',
  end_image_url: 'last_image',
  image_urls: 'images',
  video_urls: 'reference_videos',
  audio_urls: 'reference_audios',
  aspect_ratio: 'ratio',
};
const OPTIONS = {
  ratio: 'ratio',
  rt: 'ratio',
  dur: 'duration',
  duration: 'duration',
  rs: 'resolution',
  resolution: 'resolution',
};

/** Whose shape a body has, where it is another's and not ours with a fault: `Ark`, `fal` or null. */
export function vendorOf(body) {
  const isPart = (part) => typeof part?.type === 'string';
  if (Array.isArray(body.content) && body.content.length && body.content.every(isPart)) return 'Ark';
  return !('model' in body) && 'prompt' in body && Object.keys(FAL).some((name) => name in body) ? 'fal' : null;
}

/** A request of ours made of theirs, and the names of what has no place in it. The model keeps its name, or is missing. */
export function convert(vendor, body) {
  const request = {};
  const left = [];
  for (const [name, value] of Object.entries(body)) {
    const own = (vendor === 'fal' && FAL[name]) || name;
    if (vendor === 'Ark' && name === 'content') value.forEach((part) => takePart(part, request, left));
    else if (!FIELDS.includes(own)) left.push(name);
    else if (!(own === 'ratio' && isChoice(value))) request[own] = own === 'duration' ? seconds(value) : value;
  }
  return { request, left };
}

/** Theirs to choose, as without a ratio it is ours. */
const isChoice = (value) => value === 'auto' || value === 'adaptive';

/** Seconds, also where they are written as text. */
const seconds = (value) => (/^\d+$/.test(value) ? Number(value) : value);

const PLACES = { first_frame: 'first_image', last_frame: 'last_image' };
const LISTS = { image_url: 'images', video_url: 'reference_videos', audio_url: 'reference_audios' };

/** A part of Ark's `content`: a text, or a link with its role. */
function takePart(part, request, left) {
  const link = part[part.type]?.url;
  if (part.type === 'text') takePrompt(String(part.text ?? ''), request, left);
  else if (!link || !LISTS[part.type]) left.push(`content: ${part.type}`);
  else if (part.type === 'image_url' && PLACES[part.role ?? 'first_frame'])
    request[PLACES[part.role ?? 'first_frame']] = link;
  else (request[LISTS[part.type]] ??= []).push(link);
}

/** The text without the `--ratio 16:9` and the like at its end, which Ark takes for fields; a field of the body counts above them. */
function takePrompt(text, request, left) {
  let prompt = text.trimEnd();
  for (let found; (found = /^([^]*)--(\w+)\s+(\S+)$/.exec(prompt)); prompt = found[1].trimEnd()) {
    const [, , name, value] = found;
    if (!OPTIONS[name]) left.push(`--${name}`);
    else if (!isChoice(value)) request[OPTIONS[name]] ??= OPTIONS[name] === 'duration' ? seconds(value) : value;
  }
  request.prompt = prompt;
}
