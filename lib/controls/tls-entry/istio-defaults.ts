import { CORE_SCHEMA, loadAll } from "js-yaml";
import { isSince } from "../../inventory/images/image-release";
import type { KubeObject } from "../../inventory/kube-object";
import { gatewayProgramsView, ISTIO_PROXY, TO_BE_INJECTED } from "../../inventory/routes/gateway-programs";
import { istioProxiesView, workloadsByLabelsView } from "../../inventory/routes/istio-proxies";
import { type Context, defineView } from "../../inventory/view";
import type { Workload } from "../../inventory/workloads/workload";
import { type JsonRecord, record, text, texts } from "../../model/json";
import { apiGroup, resourceKey } from "../../model/resource-ref";
import { doubtReleases, isNewRelease, type Product, releaseOf } from "./old-releases";
import { worksWithOld } from "./old-tls";

export type IstioContext = Context<"workloads" | "configMaps" | "customSettings">;

/** From 1.14 on its proxies are an Envoy that accepts nothing older than TLS 1.2 where nobody says anything. */
const ISTIO: Product = { name: "Istio", path: /(?:^|[/-])(?:proxyv2|pilot)$/, firstNew: { major: 1, minor: 14 }, lastMajor: 1, oldOnes: "accept TLS 1.0 then" };

/** The first release whose proxies offer no suite by themselves that is older than TLS 1.2. */
const NEW_SUITES = { major: 1, minor: 15 };

/** A control plane took what the mesh asks of all for two versions less, TLSV1_2 for TLS 1.0, from this release on until it was mended. */
const FIRST_WRONG = { major: 1, minor: 18 };
/** The patch of each line that mended it. */
const MENDED: ReadonlyMap<number, number> = new Map([
  [27, 6],
  [28, 4],
  [29, 1],
]);
const LAST_WRONG = 29;
const TAKEN_FOR: Readonly<Record<string, string>> = { TLSV1_2: "TLS 1.0", TLSV1_3: "TLS 1.1" };

/** Whether a control plane takes what the mesh asks for for an older version; null = its image does not tell. */
function takesForOlder(image: string): boolean | null {
  const release = releaseOf(image, ISTIO);
  if (release === null || release.minor === null) return null;
  if (isSince(release, FIRST_WRONG) === false || release.minor > LAST_WRONG) return false;
  const mended = MENDED.get(release.minor);
  if (mended === undefined) return true;
  return release.patch === null ? null : release.patch < mended;
}

/** What the settings of a mesh ask of all that says nothing itself. */
interface MeshDefaults {
  readonly object: KubeObject;
  /** "" = nothing; null = they cannot be read as YAML. */
  readonly version: string | null;
  readonly suites: readonly string[];
  /** The label `istio` of the pods that serve Ingresses. */
  readonly ingress: string;
}

const INGRESS = "ingressgateway";

/** The name of the Service counts where no label is written, but for the one that Istio itself installs. */
function toIngress({ ingressSelector, ingressService }: JsonRecord): string {
  const service = text(ingressService) || "istio-ingressgateway";
  return text(ingressSelector) || (service === "istio-ingressgateway" ? INGRESS : service);
}

function parseMesh(written: string): Omit<MeshDefaults, "object"> {
  try {
    // Nothing but comments, and nothing at all, is no document.
    const [settings] = loadAll(written, { schema: CORE_SCHEMA });
    const { minProtocolVersion, cipherSuites } = record(record(settings).tlsDefaults);
    return { version: text(minProtocolVersion) ?? "", suites: texts(cipherSuites), ingress: toIngress(record(settings)) };
  } catch {
    return { version: null, suites: [], ingress: INGRESS };
  }
}

/** For a version that some releases take for an older one. */
const asksForAll = ({ version }: Pick<MeshDefaults, "version">): boolean => version !== null && Object.hasOwn(TAKEN_FOR, version);

/** Of each control plane, where a revision has its own. What control planes share is called otherwise, and is told by what it asks for. */
const SETTINGS = /^istio(?:-|$)/;

const meshDefaultsView = defineView({
  reads: ["configMaps"],
  compute: ({ slices }): readonly MeshDefaults[] =>
    slices.configMaps.flatMap((object) => {
      const written = text(record(object.body.data).mesh);
      if (written === undefined) return [];
      const told = parseMesh(written);
      return SETTINGS.test(object.ref.name) || asksForAll(told) ? [{ object, ...told }] : [];
    }),
});

const OLD_IN_FILTER = /"tls_?minimum_?protocol_?version":(?:"(?:TLSv1_[01]|TLS_AUTO)"|[012]\b)/i;

/** A configuration of Envoy itself that names an old version as the lowest. */
const oldFilterView = defineView({
  reads: ["customSettings"],
  compute: ({ slices }): KubeObject | undefined =>
    slices.customSettings.find(({ ref, body }) => ref.kind === "EnvoyFilter" && OLD_IN_FILTER.test(JSON.stringify(body.spec ?? null))),
});

interface Images {
  readonly proxies: readonly string[];
  readonly controls: readonly string[];
  /** Whether every control plane keeps to TLS 1.2 and newer. */
  readonly isCompliant: boolean;
}

/**
 * The images that serve an entry: of Gateways of Istio by their selectors, of those of the Gateway API by the label of their pods, of an Ingress by the label
 * that the mesh names. Where none is seen, those that the control plane makes.
 */
const imagesView = defineView({
  reads: ["workloads", "configMaps"],
  compute: ({ view }): ((entry: KubeObject) => Images) => {
    const programs = view(gatewayProgramsView);
    const byKey = new Map(programs.map((program) => [program.workloadKey, program]));
    const byGateway = Map.groupBy(programs, ({ gateway }) => gateway);
    const proxiesOf = view(istioProxiesView);
    const meshes = view(meshDefaultsView);
    const find = view(workloadsByLabelsView);
    const servingIngresses = [...new Set(meshes.length > 0 ? meshes.map(({ ingress }) => ingress) : [INGRESS])].flatMap((istio) => find({ istio }));
    const programsOf = (workloads: readonly Workload[]) => workloads.flatMap(({ ref }) => byKey.get(resourceKey(ref)) ?? []);
    // Other programs are called pilot, too, such as log-pilot.
    const isControl = (name: string, image: string): boolean => name === "discovery" || /istio[^:@]*[/-]pilot(?:[:@]|$)/.test(image);
    const planes = programs.flatMap(({ containers }) => containers.filter(({ name, image }) => isControl(name, image)));
    const controls = [...new Set(planes.map(({ image }) => image))];
    const isCompliant = planes.length > 0 && planes.every((plane) => plane.isCompliant);
    return (entry) => {
      const { ref } = entry;
      const serving =
        apiGroup(ref) === "networking.istio.io"
          ? programsOf(proxiesOf(entry))
          : ref.kind === "Ingress"
            ? programsOf(servingIngresses)
            : (byGateway.get(`${ref.namespace}/${ref.name}`) ?? []);
      const proxies = serving.flatMap(({ containers }) => {
        const own = containers.flatMap(({ name, image }) => (name === ISTIO_PROXY || /proxyv2/.test(image) ? image : []));
        const told = own.filter((image) => image !== TO_BE_INJECTED);
        return told.length > 0 ? told : controls;
      });
      return { proxies: proxies.length > 0 ? proxies : controls, controls, isCompliant };
    };
  },
});

/** What an entry accepts that names no lowest version itself. */
export interface IstioDefaults {
  /** Why old versions, as part of a sentence; null = they are not known to be accepted. */
  readonly old: string | null;
  /** Why nobody can tell, as part of a sentence; null = it is told. */
  readonly doubt: string | null;
  /** Whether suites that old versions can use are on offer where it names none. */
  readonly hasOldSuites: boolean;
}

function sayUntold(naming: MeshDefaults | undefined): string {
  if (naming === undefined) return "whether the mesh names one is not seen";
  const { name } = naming.object.ref;
  return naming.version === null ? `ConfigMap ${name}, which may name one, is no YAML` : `which of them ConfigMap ${name} is for is not told`;
}

function findMeshWide({ proxies, controls, isCompliant }: Images, context: IstioContext): Pick<IstioDefaults, "old" | "doubt"> {
  const deciding = controls.length > 0 ? controls : proxies;
  const wrong = deciding.map(takesForOlder);
  if (isCompliant || wrong.every((item) => item === false)) return { old: null, doubt: null };
  const mesh = context.view(meshDefaultsView);
  const isSeen = context.isRead("configMaps") && (mesh.length > 0 || (context.isComplete && controls.length > 0));
  const naming = mesh.filter((item) => item.version === null || asksForAll(item));
  if (isSeen && naming.length === 0) return { old: null, doubt: null };
  const [first] = naming;
  const taken = TAKEN_FOR[first?.version ?? ""];
  const isSame = mesh.every(({ version }) => version === first?.version);
  if (first && taken !== undefined && isSame && wrong.every((item) => item === true)) {
    const { namespace, name } = first.object.ref;
    return { old: `${deciding[0]} takes the ${first.version} that ConfigMap ${namespace}/${name} names for all for ${taken}`, doubt: null };
  }
  const hidden = deciding.find((_, index) => wrong[index] === null);
  const untold = first && hidden !== undefined ? `${hidden} does not tell which it is` : sayUntold(first);
  return { old: null, doubt: `some releases of Istio take the lowest version that a mesh names for an older one, and ${untold}` };
}

/** `isOfMesh`: it takes the certificates of the mesh, and nothing that the mesh asks of all others. */
export function findIstioDefaults(entry: KubeObject, context: IstioContext, isOfMesh: boolean): IstioDefaults {
  const images = context.view(imagesView)(entry);
  const { proxies, controls } = images;
  const suites = isOfMesh ? [] : context.view(meshDefaultsView).flatMap((item) => item.suites);
  const hasOldSuites = worksWithOld(suites) || (suites.length === 0 && proxies.some((image) => isOlder(image)));
  const isOld = (image: string): boolean => isNewRelease(image, ISTIO) === false;
  // Of several control planes, any may be the one that injects it.
  const old = proxies.find((image) => isOld(image) && (!controls.includes(image) || controls.every(isOld)));
  if (old !== undefined) return { old: `${old} accepts TLS 1.0 then`, doubt: null, hasOldSuites };
  const doubt = doubtReleases(proxies, ISTIO);
  if (doubt !== null) return { old: null, doubt, hasOldSuites };
  const meshWide = isOfMesh ? { old: null, doubt: null } : findMeshWide(images, context);
  if (meshWide.old !== null || meshWide.doubt !== null) return { ...meshWide, hasOldSuites };
  const filter = context.view(oldFilterView);
  if (filter) return { old: null, doubt: `EnvoyFilter ${filter.ref.namespace}/${filter.ref.name} may name an older one for it`, hasOldSuites };
  const unread = context.isRead("customSettings") ? context.listUnread("customSettings").find(({ kind }) => kind === "EnvoyFilter") : undefined;
  return { old: null, doubt: unread ? "an EnvoyFilter may name an older one, and these were not read" : null, hasOldSuites };
}

function isOlder(image: string): boolean {
  const release = releaseOf(image, ISTIO);
  return release !== null && isSince(release, NEW_SUITES) === false;
}
