import { describe, expect, it } from "vitest";
import { readConfig } from "./read-config";

describe("readConfig", () => {
  it("keeps data in ./data, listens on loopback and uses the embedded database when nothing is set", () => {
    const config = readConfig({}, "/srv/app");
    expect(config).toMatchObject({ dataDir: "/srv/app/data", databaseUrl: null, host: "127.0.0.1", port: 3000, isBuilding: false });
  });

  it("makes the data directory absolute against CONCENTRIC_HOME, whatever the working directory", () => {
    const config = readConfig({ CONCENTRIC_HOME: "/opt/concentric", CONCENTRIC_DATA_DIR: "state" }, "/opt/concentric/.next/standalone");
    expect(config.dataDir).toBe("/opt/concentric/state");
    expect(config.migrationsDir).toBe("/opt/concentric/prisma/migrations");
  });

  it("takes an empty variable for one that is not set", () => {
    const names = ["DATABASE_URL", "DATABASE_POOL_MAX", "CONCENTRIC_DATA_DIR", "CONCENTRIC_ROLE", "CONCENTRIC_DEMO", "PORT", "HOST", "LOG_LEVEL", "KUBECONFIG"];
    for (const empty of ["", " "]) expect(readConfig(Object.fromEntries(names.map((name) => [name, empty])), "/a")).toEqual(readConfig({}, "/a"));
  });

  it.each([
    "postgresql://me:secret@/kept?host=/run/postgresql",
    "postgres:///kept?host=/run/postgresql",
    "postgresql://me@[::1]:5432/kept",
    "postgresql://me:a,b@host/kept?options=a,b",
  ])("takes the address of a database as PostgreSQL's own programs do: %s", (url) => {
    expect(readConfig({ DATABASE_URL: url }, "/a").databaseUrl).toBe(url);
  });

  it.each([
    [{ PORT: "http" }, "The environment variable PORT must be a port number."],
    [{ PORT: "70000" }, "The environment variable PORT must be between 1 and 65535."],
    [{ PORT: "0" }, "The environment variable PORT must be between 1 and 65535."],
    [{ DATABASE_URL: "mysql://a/b" }, "The environment variable DATABASE_URL must look like postgresql://user:password@host:5432/database, with "],
    [{ DATABASE_URL: "postgresql://host" }, "The environment variable DATABASE_URL must look like postgresql://user:password@host:5432/database, with "],
    [{ DATABASE_URL: "postgresql://me:a/b#c@host/kept" }, "encoded, as @ is by %40."],
    // Read as the address of a socket, it would lead to this machine, with half of the password as the name of the database.
    [{ DATABASE_URL: "postgresql://me:se@/cret@host/kept" }, "encoded, as @ is by %40."],
    [{ DATABASE_URL: "postgresql://me:secret@/?host=/run" }, "must look like postgresql://user:password@host:5432/database"],
    [{ DATABASE_URL: "postgresql://me:a,b/c@host/kept" }, "encoded, as @ is by %40."],
    [{ DATABASE_URL: "postgresql://me:secret@first:5432,second:5432/kept" }, "The environment variable DATABASE_URL names several hosts: name one, "],
    [{ DATABASE_URL: "postgres://first,second/kept" }, "names several hosts: "],
    [{ DATABASE_URL: "postgresql://me@/kept?host=first%2Csecond" }, "names several hosts: "],
    [{ LOG_LEVEL: "loud" }, "The environment variable LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent."],
  ])("says in one sentence what is wrong with %j", (env, sentence) => {
    expect(() => readConfig(env, "/a")).toThrow(sentence);
  });
});
