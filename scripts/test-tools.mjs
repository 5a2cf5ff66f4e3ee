// What the tests need beside npm packages: a PostgreSQL server and a Chromium. Found, or installed on Debian as root, or said.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

function aptInstall(...packages) {
  const options = { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const install = () => spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], options).status === 0;
  return install() || (spawnSync("apt-get", ["update", "-qq"], options).status === 0 && install());
}

function findPostgres() {
  const base = "/usr/lib/postgresql";
  const versions = existsSync(base) ? readdirSync(base).filter((version) => existsSync(`${base}/${version}/bin/initdb`)) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest ? `${base}/${newest}/bin` : null;
}

/** Chromium without its own windows, bars and profiles: for a page it takes a third of the processor's time that a whole one takes. */
const SHELL = "/usr/bin/chromium-headless-shell";

function findChromium() {
  return [SHELL, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file)) ?? null;
}

/** How Playwright starts the browser. Letters are as wide as on a screen: by itself, the shell rounds each to whole pixels. */
export function launchOptions() {
  const executablePath = findChromium();
  return {
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none"],
  };
}

/** The folder of its programs; null = there is none on this machine, and none can be installed. */
export function ensurePostgres() {
  if (!findPostgres() && isDebianRoot) aptInstall("postgresql");
  return findPostgres();
}

export function ensureTools() {
  if (!ensurePostgres()) process.stdout.write("PostgreSQL is not installed: the store is tested on PGlite only.\n");
  if (!existsSync(SHELL) && isDebianRoot) aptInstall("chromium-headless-shell");
  if (!findChromium() && isDebianRoot) aptInstall("chromium");
  if (!findChromium()) spawnSync("npx", ["playwright", "install", "chromium"], { stdio: "inherit" });
}
