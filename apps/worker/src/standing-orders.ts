const AFTER_TROUBLE_MS = 30_000;

/** Carries out an order that is safe to repeat until it has succeeded once; ends with the returned function. */
export function untilDone(order: () => Promise<void>, warn: (error: unknown) => void, pauseMs = AFTER_TROUBLE_MS) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const attempt = () =>
    void order().catch((error: unknown) => {
      warn(error);
      if (!stopped) timer = setTimeout(attempt, pauseMs);
    });
  attempt();
  return (): void => {
    stopped = true;
    clearTimeout(timer);
  };
}
