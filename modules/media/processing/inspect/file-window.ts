import { open, type FileHandle } from 'node:fs/promises';

const WINDOW = 256 * 1024;

/** Reads small pieces of a large file in flat memory: one window slides along, jumps cost one read. */
export class FileWindow {
  private readonly window = Buffer.allocUnsafe(WINDOW);
  private start = 0;
  private filled = 0;

  private constructor(
    private readonly file: FileHandle,
    readonly size: number,
  ) {}

  static async open(path: string): Promise<FileWindow> {
    const file = await open(path, 'r');
    return new FileWindow(file, (await file.stat()).size);
  }

  /** Up to `length` (≤ 256 KiB) bytes; fewer only at the end of the file. Valid until the next call. */
  async at(position: number, length: number): Promise<Buffer> {
    const held = this.held(position, length);
    if (held) return held;
    await this.slideTo(position);
    return this.window.subarray(0, Math.min(length, this.filled));
  }

  /** The same without waiting, if the window already holds it: most elements are smaller than the price of a promise. */
  held(position: number, length: number): Buffer | null {
    const offset = position - this.start;
    const holdsEnd = this.start + this.filled >= this.size;
    if (offset < 0 || offset > this.filled || (offset + length > this.filled && !holdsEnd)) return null;
    return this.window.subarray(offset, Math.min(offset + length, this.filled));
  }

  /** A copy of any length. Callers bound it. */
  async copy(position: number, length: number): Promise<Buffer> {
    const piece = Buffer.alloc(length);
    const { bytesRead } = await this.file.read(piece, 0, length, position);
    return piece.subarray(0, bytesRead);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private async slideTo(position: number): Promise<void> {
    const { bytesRead } = await this.file.read(this.window, 0, WINDOW, position);
    this.start = position;
    this.filled = bytesRead;
  }
}
