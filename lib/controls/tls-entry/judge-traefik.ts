import type { KubeObject } from "../../inventory/kube-object";
import { traefikProgramsView } from "../../inventory/routes/traefik-programs";
import { type Context, defineView } from "../../inventory/view";
import { isRecord, record, text, texts } from "../../model/json";
import { notApplicable, type Outcome, unknown } from "../define";
import { doubtReleases, isNewRelease, type Product } from "./old-releases";
import { GO_VERSIONS, lowest, oldTls, unreadable, worksWithOld } from "./old-tls";

const OF_INGRESS = "traefik.ingress.kubernetes.io/router.tls.options";
/** From 2.11 on it is built with a Go whose servers refuse what is older than TLS 1.2 where nobody says anything. */
const TRAEFIK: Product = { name: "Traefik", path: /(?:^|[/-])traefik$/, firstNew: { major: 2, minor: 11 }, oldOnes: "accept TLS 1.0 then" };

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

/** Without a lowest version, what Go has when Traefik was built: TLS 1.0 before 2.11. */
function judgeDefault({ ref, labels }: KubeObject, suites: readonly string[], { view }: TraefikContext): Outcome {
  const programs = view(traefikProgramsView).filter(({ watches }) => watches(ref.namespace, labels));
  const images = programs.map(({ image }) => image);
  const old = images.find((image) => isNewRelease(image, TRAEFIK) === false);
  if (old !== undefined)
    return [oldTls("spec.minVersion", undefined, `No lowest version is named, and ${old} accepts TLS 1.0 then`, suites.length === 0 || worksWithOld(suites))];
  const doubt = doubtReleases(images, TRAEFIK);
  return doubt === null ? [] : unknown(`No lowest version is named: ${doubt}.`);
}

/** A gateway has the option called default, which is judged itself; where none is there, or settings that are not read may have it, the release of Traefik decides. */
export function judgeTraefikGateway({ view }: Context<"workloads">): Outcome {
  const programs = view(traefikProgramsView).filter(({ servesGateways, untold }) => servesGateways || untold !== null);
  const doubt = doubtReleases(
    programs.map(({ image }) => image),
    TRAEFIK,
  );
  if (doubt !== null) return unknown(`Which versions are accepted is not in a Gateway: ${doubt}.`);
  return programs.every(({ untold }) => untold === null) ? [] : unknown("Which versions are accepted may be in settings of Traefik that are not read.");
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
