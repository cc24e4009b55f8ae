// A small walk over the boxes of an MP4 or MOV file: length, size and frame rate, without decoding.

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
const MOST_BYTES = 16 * 1024 * 1024; // a moov box larger than this is not a reference clip's

/** { seconds, width, height, frame_rate } as far as the boxes tell; null when this is no such file. */
export async function readBoxes(blob) {
  const moov = await findMoov(blob);
  if (!moov) return null;
  const facts = {};
  walk(moov, 0, moov.byteLength, facts);
  return Number.isFinite(facts.seconds) ? facts : null;
}

async function findMoov(blob) {
  for (let at = 0; at + 8 <= blob.size;) {
    const head = new DataView(await blob.slice(at, at + 16).arrayBuffer());
    const { size, start } = sizeOf(head, 0, blob.size - at);
    if (size < 8) return null;
    if (nameAt(head, 4) === 'moov')
      return size > MOST_BYTES ? null : new DataView(await blob.slice(at + start, at + size).arrayBuffer());
    at += size;
  }
  return null;
}

const nameAt = (view, at) => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

function sizeOf(view, at, rest) {
  const size = view.getUint32(at);
  if (size === 1 && view.byteLength >= at + 16) return { size: Number(view.getBigUint64(at + 8)), start: 16 };
  return { size: size === 0 ? rest : size, start: 8 };
}

function walk(view, from, to, facts, track = {}) {
  for (let at = from; at + 8 <= to;) {
    const { size, start } = sizeOf(view, at, to - at);
    if (size < 8 || at + size > to) return;
    const name = nameAt(view, at + 4);
    const body = at + start;
    if (CONTAINERS.has(name)) walk(view, body, at + size, facts, name === 'trak' ? {} : track);
    else read[name]?.(view, body, at + size, facts, track);
    at += size;
  }
}

/** The time scale and length of mvhd and mdhd: 32 bits in version 0, 64 in version 1. */
function timing(view, at) {
  const long = view.getUint8(at) === 1;
  const scale = view.getUint32(at + (long ? 20 : 12));
  const length = long ? Number(view.getBigUint64(at + 24)) : view.getUint32(at + 16);
  return { scale, seconds: scale ? length / scale : NaN };
}

const read = {
  mvhd(view, at, end, facts) {
    const { seconds } = timing(view, at);
    if (seconds > 0) facts.seconds = seconds;
  },
  tkhd(view, at, end, facts) {
    const [width, height] = [view.getUint32(end - 8) >>> 16, view.getUint32(end - 4) >>> 16];
    if (width && height) Object.assign(facts, { width, height });
  },
  mdhd(view, at, end, facts, track) {
    track.seconds = timing(view, at).seconds;
  },
  hdlr(view, at, end, facts, track) {
    track.video = nameAt(view, at + 8) === 'vide';
  },
  stts(view, at, end, facts, track) {
    if (!track.video || !(track.seconds > 0)) return;
    let samples = 0;
    const entries = Math.min(view.getUint32(at + 4), Math.floor((end - at - 8) / 8));
    for (let i = 0; i < entries; i += 1) samples += view.getUint32(at + 8 + i * 8);
    if (samples) facts.frame_rate = Math.round((samples / track.seconds) * 1000) / 1000;
  },
};
