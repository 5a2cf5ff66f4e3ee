import type { KubeObject } from "../../inventory/kube-object";
import { isRecord, list, record, text, texts } from "../../model/json";
import { notApplicable, type Outcome, unknown, type Weakness } from "../define";
import { findIstioDefaults, type IstioContext, type IstioDefaults } from "./istio-defaults";
import { lowest, oldTls, worksWithOld } from "./old-tls";

/** Where nobody asks for another version. */
function weakByDefault(path: string, { old, hasOldSuites }: IstioDefaults, suites: readonly string[]): readonly Weakness[] {
  if (old === null) return [];
  const isUsable = suites.length > 0 ? worksWithOld(suites) : hasOldSuites;
  return [oldTls(path, undefined, `No lowest version is named, and ${old}`, isUsable)];
}

interface TlsServer {
  readonly path: string;
  /** "" = it leaves that to Istio. */
  readonly version: string;
  readonly suites: readonly string[];
  readonly isOfMesh: boolean;
}

const OF_MESH = "ISTIO_MUTUAL";

/** For entries that take the certificates of the mesh, and for others. */
function defaultsFor(gateway: KubeObject, context: IstioContext): (server: { readonly isOfMesh: boolean }) => IstioDefaults {
  const [own, ofMesh] = [findIstioDefaults(gateway, context, false), findIstioDefaults(gateway, context, true)];
  return ({ isOfMesh }) => (isOfMesh ? ofMesh : own);
}

const IS_OLD = /^TLSV1_[01]$/;

/** With settings for TLS, Istio ends TLS at a port of these, too; at one for HTTP they only lead elsewhere. */
const OTHER_PROTOCOL = /^(?:TCP|MONGO|REDIS|MYSQL)$/i;

function readServer(item: unknown, index: number): readonly TlsServer[] {
  const { port, tls } = record(item);
  const { mode, minProtocolVersion, cipherSuites } = record(tls);
  const protocol = text(record(port).protocol) ?? "";
  const hasTls = /^(?:HTTPS|TLS)$/i.test(protocol) || (isRecord(tls) && OTHER_PROTOCOL.test(protocol));
  if (!hasTls || /PASSTHROUGH$/.test(text(mode) ?? "")) return [];
  const version = text(minProtocolVersion) ?? "";
  return [
    {
      path: `spec.servers[${index}].tls.minProtocolVersion`,
      version: version === "TLS_AUTO" ? "" : version,
      suites: texts(cipherSuites),
      isOfMesh: mode === OF_MESH,
    },
  ];
}

/** A Gateway of Istio. */
export function judgeIstioGateway(gateway: KubeObject, context: IstioContext): Outcome {
  const servers = list(record(gateway.body.spec).servers).flatMap(readServer);
  if (servers.length === 0) return notApplicable("It ends no TLS.");
  const silent = servers.filter(({ version }) => version === "");
  if (silent.length === 0 && !servers.some(({ version }) => IS_OLD.test(version))) return [];
  const defaultsOf = defaultsFor(gateway, context);
  const found = servers.flatMap((server): readonly Weakness[] => {
    const { path, version, suites } = server;
    const defaults = defaultsOf(server);
    if (version === "") return weakByDefault(path, defaults, suites);
    const isUsable = suites.length > 0 ? worksWithOld(suites) : defaults.hasOldSuites;
    return IS_OLD.test(version) ? [oldTls(path, version, lowest(version), isUsable)] : [];
  });
  const [doubt] = silent.flatMap((server) => defaultsOf(server).doubt ?? []);
  return found.length === 0 && doubt !== undefined ? unknown(`No lowest version is named: ${doubt}.`) : found;
}

const MODE = "gateway.istio.io/tls-terminate-mode";
const SUITES = "gateway.istio.io/tls-cipher-suites";

/** Listeners of the Gateway API, as Istio serves them: they can name suites, and no version. */
export function judgeIstioListeners(gateway: KubeObject, listeners: ReadonlyMap<number, unknown>, context: IstioContext): Outcome {
  const defaultsOf = defaultsFor(gateway, context);
  const served = [...listeners].map(([index, item]) => {
    const options = record(record(record(item).tls).options);
    return {
      path: `spec.listeners[${index}].tls`,
      defaults: defaultsOf({ isOfMesh: options[MODE] === OF_MESH }),
      suites: (text(options[SUITES]) ?? "").split(",").flatMap((suite) => suite.trim() || []),
    };
  });
  const found = served.flatMap(({ path, defaults, suites }) => weakByDefault(path, defaults, suites));
  const [doubt] = served.flatMap(({ defaults }) => defaults.doubt ?? []);
  return found.length === 0 && doubt !== undefined ? unknown(`Which versions are accepted is not in a Gateway: ${doubt}.`) : found;
}
