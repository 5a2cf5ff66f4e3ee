import { execFileSync } from "node:child_process";
import { appendFileSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "./open-database";
import { mountSmallDisk, removeDisk } from "./testing/small-disk";
import { startDatabases } from "./testing/test-databases";

describe("an embedded database on a disk that fills up", () => {
  const disk = mountSmallDisk("70m");
  afterAll(() => removeDisk(disk));

  it("says so once and stops, instead of never answering again; what was stored is there afterwards", async ({ skip }) => {
    if (disk === null) return skip("This user may not mount a disk.");
    const databases = await startDatabases("pglite");
    const config = { ...(await databases.createConfig()), dataDir: path.join(disk, "data") };
    const lost = Promise.withResolvers<Error>();
    const database = await openDatabase(config, { onLost: lost.resolve });
    await database.pool.query("CREATE TABLE filler (text text)");
    await database.pool.query("INSERT INTO filler VALUES ('first')");
    const fill = async () => {
      for (;;) await database.pool.query("INSERT INTO filler SELECT repeat(md5(g::text), 100) FROM generate_series(1, 2000) g");
    };
    const filled = fill().catch(() => undefined);
    const error = await lost.promise;
    expect(error.message).toBe(
      `The data directory ${config.dataDir}/postgres is on a full disk. Free some space and start again: what was stored before is safe.`,
    );
    await filled;
    await database.close().catch(() => undefined);

    execFileSync("mount", ["-o", "remount,size=200m", disk]);
    const again = await openDatabase(config, { onLost: lost.resolve });
    expect((await again.pool.query("SELECT text FROM filler WHERE text = 'first'")).rows).toHaveLength(1);
    await again.close();
    await databases.stop();
  });
});

describe("an embedded database that its disk has no room for", () => {
  const disk = mountSmallDisk("30m");
  afterAll(() => removeDisk(disk));

  it("says so, and leaves nothing of it", async ({ skip }) => {
    if (disk === null) return skip("This user may not mount a disk.");
    const databases = await startDatabases("pglite");
    const config = { ...(await databases.createConfig()), dataDir: path.join(disk, "data") };
    const opening = openDatabase(config, { onLost: (error) => expect.fail(error.message) });
    await expect(opening).rejects.toThrow(`The data directory ${config.dataDir}/postgres is on a full disk.`);
    expect(readdirSync(config.dataDir)).toEqual([]);
    await databases.stop();
  });
});

describe("an embedded database that does not open while its disk is full", () => {
  const disk = mountSmallDisk("70m");
  afterAll(() => removeDisk(disk));

  it("is told to be broken only where it does not open with room either: people would put a backup in its place", async ({ skip }) => {
    if (disk === null) return skip("This user may not mount a disk.");
    const databases = await startDatabases("pglite");
    const config = { ...(await databases.createConfig()), dataDir: path.join(disk, "data") };
    const open = () => openDatabase(config, { onLost: (error) => expect.fail(error.message) });
    await (await open()).close();
    // What recovery needs room for depends on where the log was broken off; without a log it always ends.
    rmSync(path.join(config.dataDir, "postgres", "pg_wal"), { recursive: true });
    const others = path.join(disk, "others");
    expect(() => {
      for (;;) appendFileSync(others, Buffer.alloc(65_536));
    }).toThrow("ENOSPC");
    truncateSync(others, statSync(others).size - 65_536); // the lock has room
    await expect(open()).rejects.toThrow(`The data directory ${config.dataDir}/postgres is on a full disk. Free some space and start again`);
    rmSync(others);
    await expect(open()).rejects.toThrow(`The database in ${config.dataDir}/postgres cannot be opened. Restore a backup`);
    await databases.stop();
  });
});

describe("an embedded database on a disk that became read-only", () => {
  const disk = mountSmallDisk("70m");
  afterAll(() => removeDisk(disk));

  it("says so, whether it held something already or not, and is there again when the disk can be written", async ({ skip }) => {
    if (disk === null) return skip("This user may not mount a disk.");
    const databases = await startDatabases("pglite");
    const config = { ...(await databases.createConfig()), dataDir: path.join(disk, "data") };
    const onLost = (error: Error) => {
      throw error;
    };
    await (await openDatabase(config, { onLost })).close();
    execFileSync("mount", ["-o", "remount,ro", disk]);
    for (const name of ["data", "new"]) {
      const message = await openDatabase({ ...config, dataDir: path.join(disk, name) }, { onLost }).then(
        () => "opened",
        (error: Error) => error.message,
      );
      expect(message).toBe(
        `The data directory ${path.join(disk, name)} is on a read-only disk. Make it writable again, or set CONCENTRIC_DATA_DIR to a directory that can be written.`,
      );
    }
    execFileSync("mount", ["-o", "remount,rw", disk]);
    await (await openDatabase(config, { onLost })).close();
    await databases.stop();
  });
});
