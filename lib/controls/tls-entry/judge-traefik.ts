import { splitImageReference } from "../../inventory/images/image-reference";
import type { KubeObject } from "../../inventory/kube-object";
import { traefikProgramsView } from "../../inventory/routes/traefik-programs";
import { type Context, defineView } from "../../inventory/view";
import { isRecord, record, text, texts } from "../../model/json";
import { notApplicable, type Outcome, unknown, weakness } from "../define";
import { GO_VERSIONS, lowest, oldTls, SHUT, unreadable, worksWithOld } from "./old-tls";

const OF_INGRESS = "traefik.ingress.kubernetes.io/router.tls.options";
/** The first release that was built with a Go whose servers refuse what is older than TLS 1.2 where nobody says anything. */
const FIRST_NEW = { major: 2, minor: 11 };

type TraefikContext = Context<"workloads" | "ingresses" | "customRoutes">;

/** As other providers and annotations call an option. */
const qualify = (namespace: string, name: string): string => `${namespace}-${name}@kubernetescrd`;

/** The options that something names, each as Traefik calls it. */
const namedOptionsView = defineView({
  reads: ["workloads", "ingresses", "customRoutes"],
  compute: ({ slices, view }): ReadonlySet<string> => {
    const ofRoutes = slices.customRoutes.flatMap(({ ref, body }) => {
      const { options } = record(record(body.spec).tls);
      const name = isRecord(options) ? text(options.name) : undefined;
      if (name === undefined || !isRecord(options)) return [];
      return name.includes("@") ? name : qualify(text(options.namespace) ?? ref.namespace ?? "", name);
    });
    const ofIngresses = slices.ingresses.flatMap(({ annotations }) => annotations[OF_INGRESS] ?? []);
    return new Set([...ofRoutes, ...ofIngresses, ...view(traefikProgramsView).flatMap(({ tlsOptions }) => tlsOptions)]);
  },
});

/** Whether nothing can use an option, as far as all that could is seen. The one called default is for every route that names none. */
function isUnused({ ref }: KubeObject, { isComplete, isRead, listUnread, view }: TraefikContext): boolean {
  if (ref.name === "default" || !isComplete || !isRead("ingresses") || !isRead("customRoutes") || listUnread("customRoutes").length > 0) return false;
  const programs = view(traefikProgramsView);
  const isSeen = programs.length > 0 && programs.every(({ untold }) => untold === null);
  return isSeen && !view(namedOptionsView).has(qualify(ref.namespace ?? "", ref.name));
}

/** Of an image as the project names it: null = its tag does not tell, or others made it, who count their own way. */
function isNewRelease(image: string): boolean | null {
  const reference = splitImageReference(image);
  // What is a date, the number of a build or a commit tells nothing.
  const [, major, minor] = /^v?(\d)(?:\.(\d+))?(?:[.-].*)?$/.exec(reference?.tag ?? "") ?? [];
  if (reference === null || !/(?:^|[/-])traefik$/.test(reference.path) || major === undefined) return null;
  if (Number(major) !== FIRST_NEW.major) return Number(major) > FIRST_NEW.major;
  return minor === undefined ? null : Number(minor) >= FIRST_NEW.minor;
}

/** Why nobody can tell that all of these accept nothing older than TLS 1.2 by themselves, as part of a sentence; null = they do. */
function doubtReleases(images: readonly string[]): string | null {
  const [hidden] = images.filter((image) => isNewRelease(image) !== true);
  if (images.length > 0 && hidden === undefined) return null;
  const untold =
    hidden === undefined ? "none is seen" : isNewRelease(hidden) === false ? `${hidden} is one` : `${hidden || "its image"} does not tell which it is`;
  return `releases of Traefik before 2.11 accept TLS 1.0 then, and ${untold}`;
}

/** Without a lowest version, what Go has when Traefik was built: TLS 1.0 before 2.11. */
function judgeDefault({ ref, labels }: KubeObject, suites: readonly string[], { view }: TraefikContext): Outcome {
  const programs = view(traefikProgramsView).filter(({ watches }) => watches(ref.namespace, labels));
  const images = programs.map(({ image }) => image);
  const old = images.find((image) => isNewRelease(image) === false);
  if (old !== undefined) {
    const said = `No lowest version is named, and ${old} accepts TLS 1.0 then.`;
    if (suites.length === 0 || worksWithOld(suites)) return [weakness("spec.minVersion", undefined, said)];
    return [weakness("spec.minVersion", undefined, `${said} ${SHUT}`, { severity: "low" })];
  }
  const doubt = doubtReleases(images);
  return doubt === null ? [] : unknown(`No lowest version is named: ${doubt}.`);
}

/** A gateway has the option called default, which is judged itself; where none is there, or a file may have it, the release of Traefik decides. */
export function judgeTraefikGateway({ view }: Context<"workloads">): Outcome {
  const programs = view(traefikProgramsView).filter(({ servesGateways, untold }) => servesGateways || untold !== null);
  const doubt = doubtReleases(programs.map(({ image }) => image));
  if (doubt !== null) return unknown(`Which versions are accepted is not in a Gateway: ${doubt}.`);
  return programs.every(({ untold }) => untold === null) ? [] : unknown("Which versions are accepted may be in a file of Traefik, which is not read.");
}

export function judgeTraefikOption(option: KubeObject, context: TraefikContext): Outcome {
  if (isUnused(option, context)) return notApplicable("No route and no entry point of Traefik uses it.");
  const { minVersion, cipherSuites } = record(option.body.spec);
  const suites = texts(cipherSuites);
  if (minVersion === undefined || minVersion === "") return judgeDefault(option, suites, context);
  const version = text(minVersion) ?? "";
  const age = GO_VERSIONS[version];
  if (age === undefined) return unreadable("minVersion", minVersion);
  return age === "old" ? [oldTls("spec.minVersion", version, lowest(version), suites.length === 0 || worksWithOld(suites))] : [];
}
