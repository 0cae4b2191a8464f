/** What the server takes at most, with room to spare. */
const MOST_BYTES = 290_000;
const WIDEST = 1280;
const QUALITIES = [0.8, 0.6, 0.4];
/** A video that does not give a picture by then is sent without one. */
const PATIENCE_MS = 3000;

/** Shortly after the beginning of what is kept, and never outside of it: what was cut off is not for anybody to see. */
export function posterMoment(fromMs: number, toMs: number): number {
  return Math.min(fromMs + 1000, (fromMs + toMs) / 2);
}

/** A still of what is kept, as a small JPEG; null when this browser cannot make one. */
export async function makePoster(source: string, fromMs: number, toMs: number): Promise<Blob | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.src = source;
  const seen = new Promise<boolean>((resolve) => {
    video.onloadeddata = () => (video.currentTime = posterMoment(fromMs, toMs) / 1000);
    video.onseeked = () => resolve(true);
    video.onerror = () => resolve(false);
    // A seek that takes too long still shows the very first picture, which may have been cut off.
    setTimeout(() => resolve(fromMs === 0 && video.readyState >= video.HAVE_CURRENT_DATA), PATIENCE_MS);
  });
  const poster = (await seen) ? await draw(video) : null;
  video.removeAttribute('src');
  video.load();
  return poster;
}

async function draw(video: HTMLVideoElement): Promise<Blob | null> {
  const shrink = Math.min(1, WIDEST / video.videoWidth);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(video.videoWidth * shrink);
  canvas.height = Math.round(video.videoHeight * shrink);
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const poster = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (poster && poster.size <= MOST_BYTES) return poster;
  }
  return null;
}
