/**
 * Starts the upload of each part as it arrives, so many at once and no more, and returns their results in order.
 * On failure nothing is still on its way when it throws, so that what was uploaded can be thrown away.
 */
export async function uploadParts<Part, Result>(
  parts: AsyncIterable<Part>,
  atOnce: number,
  upload: (part: Part) => Promise<Result>,
): Promise<Result[]> {
  const uploads: Promise<Result>[] = [];
  try {
    for await (const part of parts) {
      const running = upload(part);
      running.catch(() => undefined); // Seen below; it may fail while the next part is awaited.
      uploads.push(running);
      await uploads[uploads.length - atOnce];
    }
    return await Promise.all(uploads);
  } finally {
    await Promise.allSettled(uploads);
  }
}
