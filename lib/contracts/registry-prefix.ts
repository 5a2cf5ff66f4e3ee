import { normalizeRegistry } from "../model/registry-name";

const HOST = /^(?:[a-z0-9]+(?:[.-]+[a-z0-9]+)*)(?::(\d{1,5}))?$/;
const REPOSITORY = /^(?:\/[a-z0-9._-]+)*$/;
const SUCH_AS = "such as registry.example.com/team";

function findProblem(prefix: string): string | null {
  if (prefix.includes("*")) return `an entry holds all that lies under it, by whole parts of a path, and takes no *: write it out, ${SUCH_AS}`;
  const [host = "", ...path] = prefix.split("/");
  const repository = path.map((part) => `/${part}`).join("");
  if (/^[^/]*\/.*[A-Z]/.test(prefix)) return "a repository is written in lower case";
  const port = HOST.exec(host);
  if (!port || !REPOSITORY.test(repository)) return `an entry is a registry or a repository ${SUCH_AS}, without tag or digest`;
  if (Number(port[1] ?? 1) > 65_535) return "a port is at most 65535";
  // As runtimes tell a registry from the first part of a path on Docker Hub.
  if (!/[.:]/.test(host) && host !== "localhost") return `an entry begins with a registry: for images of Docker Hub, write docker.io/${prefix}`;
  return null;
}

/** A registry or repository whose images are trusted, in the one form that is compared, or what is wrong with it, as the end of a sentence. */
export function readRegistryPrefix(entry: string): { readonly prefix: string } | { readonly problem: string } {
  const prefix = normalizeRegistry(entry);
  const problem = findProblem(prefix);
  return problem === null ? { prefix } : { problem };
}

/** The same registry in the one form; what names none stays as it is written. */
export function toRegistryPrefix(entry: string): string {
  const read = readRegistryPrefix(entry);
  return "prefix" in read ? read.prefix : entry;
}
