/** Options newer than TypeScript's DOM library; browsers that do not know one ignore it. */
type DisplayOptions = DisplayMediaStreamOptions & {
  systemAudio?: 'include' | 'exclude';
  selfBrowserSurface?: 'include' | 'exclude';
  surfaceSwitching?: 'include' | 'exclude';
  monitorTypeSurfaces?: 'include' | 'exclude';
  controller?: unknown;
};

/** Unless told, browsers take the computer's sound for a call: one channel, made louder, and what is no voice filtered out. */
const AS_IT_IS: MediaTrackConstraints = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** From the wish to the least: a browser may stumble over an option that it does not know. */
function ladder(systemAudio: boolean): DisplayOptions[] {
  const preferred: DisplayOptions = {
    video: { frameRate: { ideal: 15, max: 30 }, width: { max: 1920 }, height: { max: 1080 } },
    audio: systemAudio && AS_IT_IS,
    systemAudio: systemAudio ? 'include' : 'exclude',
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    monitorTypeSurfaces: 'include',
    controller: focusStaysHere(),
  };
  const plain: DisplayOptions = { video: true, audio: systemAudio };
  return systemAudio ? [preferred, plain, { video: true }] : [preferred, plain];
}

/** Keeps the countdown in view when a tab or window was chosen. */
function focusStaysHere(): unknown {
  if (!('CaptureController' in globalThis)) return undefined;
  const Controller = (globalThis as unknown as { CaptureController: new () => { setFocusBehavior(to: string): void } })
    .CaptureController;
  const controller = new Controller();
  controller.setFocusBehavior('no-focus-change');
  return controller;
}

/** Lets the person choose what to share. Must be called within their press. @throws what the browser throws */
export async function chooseScreen(devices: MediaDevices, systemAudio: boolean): Promise<MediaStream> {
  let refusal: unknown;
  for (const options of ladder(systemAudio)) {
    try {
      return await devices.getDisplayMedia(options);
    } catch (error) {
      refusal = error;
      if (!mayRetry(error)) break;
    }
  }
  throw refusal;
}

/** Only a browser's stumbling is retried; a person's no is a no. */
function mayRetry(error: unknown): boolean {
  const name = (error as Error).name;
  return name === 'TypeError' || name === 'OverconstrainedError' || name === 'NotSupportedError';
}
