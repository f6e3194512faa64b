/** What the server takes, bytes. */
const kMost = 512 * 1024;
/** Pixels: as wide as a cover is ever shown, on a screen with two of them to one. */
const kWidth = 1280;
const kQualities = [0.85, 0.7, 0.5, 0.3];

/** A photo of any size as a cover: JPEG, small enough. Throws where the file is no picture that this browser reads. */
export async function shrunk(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(kWidth, bitmap.width);
  canvas.height = Math.max(1, Math.round((canvas.width * bitmap.height) / bitmap.width));
  const context = canvas.getContext('2d')!;
  // JPEG knows no transparency.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  for (const quality of kQualities) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (blob && blob.size <= kMost) return blob;
  }
  throw new Error('too much detail for a cover');
}
