import "server-only";
import path from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { parseDatabaseUrl } from "./parse-database-url";

const optionalText = z.string().nullable().default(null);

const DATABASE_URL_FORM =
  "must look like postgresql://user:password@host:5432/database, with what is no letter or digit of the password encoded, as @ is by %40";

/** As PostgreSQL's own programs take them, one after the other. */
const SEVERAL_HOSTS = /^postgres(?:ql)?:\/\/(?:[^/?]*@)?[^/?@]*,(?!.*@)|[?&]host=[^&]*(?:,|%2C)/i;

const environment = z.object({
  CONCENTRIC_HOME: optionalText,
  CONCENTRIC_DATA_DIR: optionalText,
  CONCENTRIC_ROLE: z.enum(["all", "web", "worker"], "must be all, web or worker").default("all"),
  DATABASE_URL: optionalText
    .refine((value) => value === null || !SEVERAL_HOSTS.test(value), "names several hosts: name one, that of the primary server or one that always leads to it")
    .refine((value) => value === null || isPostgresUrl(value), DATABASE_URL_FORM),
  DATABASE_POOL_MAX: z.coerce
    .number("must be a whole number")
    .int("must be a whole number")
    .min(2, "must be at least 2")
    .max(200, "must be at most 200")
    .default(10),
  PORT: z.coerce
    .number("must be a port number")
    .int("must be a port number")
    .min(1, "must be between 1 and 65535")
    .max(65_535, "must be between 1 and 65535")
    .default(3000),
  HOST: optionalText,
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "must be fatal, error, warn, info, debug, trace or silent").default("info"),
  KUBECONFIG: optionalText,
  KUBERNETES_SERVICE_HOST: optionalText,
  NEXT_PHASE: optionalText,
  CONCENTRIC_DEMO: optionalText,
});

/** What the environment decides, checked once. All paths are absolute. */
export interface Config {
  readonly dataDir: string;
  readonly buildDir: string;
  readonly migrationsDir: string;
  /** Null = the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly databasePoolMax: number;
  readonly role: "all" | "web" | "worker";
  readonly port: number;
  readonly host: string;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** As given, may be a list of paths; null = the default place. */
  readonly kubeconfig: string | null;
  readonly isInCluster: boolean;
  readonly isBuilding: boolean;
  /** Make the demo cluster at start. */
  readonly wantsDemo: boolean;
}

function isPostgresUrl(value: string): boolean {
  const url = parseDatabaseUrl(value);
  return (url?.protocol === "postgresql:" || url?.protocol === "postgres:") && url.pathname.length > 1;
}

/** An empty variable is one that is not set. Throws AppError `bad-request` with one sentence that names the first bad variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  const parsed = environment.safeParse(Object.fromEntries(trimmed.filter(([, value]) => value)));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError("bad-request", `The environment variable ${issue?.path.join(".") ?? "?"} ${issue?.message ?? "is not valid"}.`);
  }
  const values = parsed.data;
  // The folder that holds `.build` and `prisma/migrations`.
  const home = path.resolve(cwd, values.CONCENTRIC_HOME ?? ".");
  return {
    dataDir: path.resolve(home, values.CONCENTRIC_DATA_DIR ?? "data"),
    buildDir: path.join(home, ".build"),
    migrationsDir: path.join(home, "prisma", "migrations"),
    databaseUrl: values.DATABASE_URL,
    databasePoolMax: values.DATABASE_POOL_MAX,
    role: values.CONCENTRIC_ROLE,
    port: values.PORT,
    host: values.HOST ?? "127.0.0.1",
    logLevel: values.LOG_LEVEL,
    kubeconfig: values.KUBECONFIG,
    isInCluster: values.KUBERNETES_SERVICE_HOST !== null,
    isBuilding: values.NEXT_PHASE === "phase-production-build",
    wantsDemo: values.CONCENTRIC_DEMO !== null,
  };
}
