import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "./api-server";
import { createMemorySource } from "./memory-source";
import { serveDay } from "./serve-day";
import { DEMO_DAYS } from "./story";

const HOUR_MS = 3_600_000;

describe("the days of the demo", () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ source: createMemorySource([]) });
  });
  afterAll(() => server.stop());

  test.each(["00:00:00.000", "00:01:30.000", "05:59:59.999", "06:00:00.000", "17:20:00.000", "23:59:59.999"])(
    "are a day apart when it is made at %s",
    (time) => {
      const today = new Date(`2027-03-01T${time}Z`);
      const days = [0, 1, DEMO_DAYS - 7, DEMO_DAYS - 1, DEMO_DAYS].map((day) => serveDay(server, today, day).getTime() / HOUR_MS);
      const last = days.at(-1) ?? Number.NaN;
      expect(days.map((hour) => last - hour)).toEqual([DEMO_DAYS * 24, (DEMO_DAYS - 1) * 24, 7 * 24, 24, 0]);
      const age = today.getTime() / HOUR_MS - last;
      expect(age).toBeGreaterThanOrEqual(0);
      expect(age).toBeLessThan(24);
      expect(serveDay(server, new Date(last * HOUR_MS), DEMO_DAYS).getTime()).toBe(last * HOUR_MS); // read again as of its own last day
    },
  );
});
