import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFlusher } from "./flusher";

vi.mock("./sync-directory", () => ({ syncDirectory: async () => undefined }));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LONG_MS = 60_000;

function toFlusher() {
  const state = { isBusy: false, checkpoints: 0 };
  const flusher = createFlusher({
    dataDir: "/nowhere",
    checkpoint: () => {
      state.checkpoints += 1;
    },
    isBusy: () => state.isBusy,
    onError: (error) => {
      throw error;
    },
  });
  return { flusher, state };
}

test("what is written within a moment is flushed once, after it", () => {
  const { flusher, state } = toFlusher();
  flusher.schedule();
  flusher.schedule();
  expect(state.checkpoints).toBe(0);
  vi.advanceTimersByTime(LONG_MS);
  expect(state.checkpoints).toBe(1);
  flusher.schedule();
  vi.advanceTimersByTime(LONG_MS);
  expect(state.checkpoints).toBe(2);
});

test("a flush waits for the end of the open transaction", () => {
  const { flusher, state } = toFlusher();
  state.isBusy = true;
  flusher.schedule();
  vi.advanceTimersByTime(LONG_MS);
  expect(state.checkpoints).toBe(0);
  state.isBusy = false;
  vi.advanceTimersByTime(LONG_MS);
  expect(state.checkpoints).toBe(1);
});

test("after the stop nothing that was scheduled, before or since, is flushed", () => {
  const { flusher, state } = toFlusher();
  flusher.schedule();
  flusher.stop();
  flusher.schedule();
  vi.advanceTimersByTime(LONG_MS);
  expect(state.checkpoints).toBe(0);
});
