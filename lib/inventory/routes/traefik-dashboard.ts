import { list, record } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { byExposure, type EntryPoint } from "./entry-point";
import { routerBackendsView } from "./router-backends";
import { ROUTER_READS } from "./router-front";
import { INTERNAL, TRAEFIK_API, type TraefikProgram, traefikProgramsView } from "./traefik-programs";
import { type ServedAt, traefikEntriesView, traefikPlacesView, traefikReachView } from "./traefik-routes";
import { defineView } from "../view";

/** Which rule of its route a path leads to. */
const RULE = /\[(\d+)\]$/;

const LEADS: ReadonlySet<string> = new Set(["IngressRoute", "TraefikService"]);

const isInside = ({ exposure }: Pick<EntryPoint, "exposure">): boolean => exposure === "internal" || exposure === "none";

/** What of the places is left open: its entry point may be at any port then. */
function tellPlaces(places: readonly ServedAt[], entry: EntryPoint): EntryPoint {
  const isHidden = places.every(({ name, entryPoint }) => name === INTERNAL && entryPoint === null);
  if (!isHidden || isInside(entry)) return entry;
  return { ...entry, untold: `Which port entry point ${INTERNAL} has is not among the arguments of Traefik.` };
}

/** Every way to the dashboard, and the API, of each Traefik that has them, worst first; by the resource key of its workload. */
export const traefikDashboardsView = defineView({
  reads: ROUTER_READS,
  compute: ({ view, listUnread }): ReadonlyMap<string, readonly EntryPoint[]> => {
    const programs = view(traefikProgramsView);
    if (programs.length === 0) return new Map();
    const toPlaces = view(traefikPlacesView);
    const toEntry = view(traefikEntriesView);
    const { ofGateways, backends, toFront } = view(routerBackendsView);
    const toReach = view(traefikReachView)(toFront);
    const unread = listUnread("customRoutes").find(({ kind }) => LEADS.has(kind));

    const partsOf = new Map<readonly ServedAt[], ReadonlyMap<TraefikProgram, readonly ServedAt[]>>();
    const ofRoutes = backends.flatMap(({ key, entry: { via, path } }) => {
      const index = Number(RULE.exec(path)?.[1]);
      if (key !== TRAEFIK_API || !via) return [];
      const places = toPlaces(via);
      const parts = partsOf.get(places) ?? Map.groupBy(places, ({ program }) => program);
      partsOf.set(places, parts);
      const rule = record(list(record(via.body.spec).routes)[index]);
      const refused = { exposure: "none" as const, message: `${via.ref.kind} ${via.ref.name} names it, but no argument of Traefik switches its API on.` };
      return [...parts].map(([program, own]) => {
        const entry = tellPlaces(own, toEntry(toReach, via, index, rule, own));
        return { program, entry: program.hasApi === false ? { ...entry, ...refused } : entry };
      });
    });
    const byProgram = Map.groupBy(ofRoutes, ({ program }) => program);

    const ofArgument = (program: TraefikProgram): readonly EntryPoint[] => {
      const entryPoint = program.entryPoints.get(INTERNAL) ?? null;
      const reach = toReach([{ program, name: INTERNAL, entryPoint }]);
      if (!reach || program.insecure === null) return [];
      const { because, hasSignIn = false, ...found } = reach;
      const message = `An argument opens it to everybody at entry point ${INTERNAL}.${because}`;
      return [
        { ...found, hasSignIn, via: null, ...program.insecure, message, closing: { op: "set", path: program.insecure.path, value: "--api.insecure=false" } },
      ];
    };
    const byGateways = ofGateways.flatMap(({ key, entry }) => (key === TRAEFIK_API ? entry : []));
    const ofUnread = (program: TraefikProgram): readonly EntryPoint[] => {
      const reach = toReach([{ program, name: null, entryPoint: null }]);
      const untold = unread ? `Whether a route of Traefik leads to its dashboard is not known: ${unread.reason}` : program.untold;
      if (untold === null || !reach || isInside(reach)) return [];
      return [{ exposure: reach.exposure, hasSignIn: false, via: null, path: "", value: undefined, message: untold, untold }];
    };
    return new Map(
      programs.flatMap((program) => {
        const routed = [...(byProgram.get(program) ?? []).map(({ entry }) => entry), ...(program.servesGateways && program.hasApi !== false ? byGateways : [])];
        const entries = [...routed, ...ofArgument(program), ...(program.hasApi === false ? [] : ofUnread(program))];
        if (program.hasApi !== true && entries.length === 0) return [];
        return [[resourceKey(program.workload.ref), entries.toSorted(byExposure)] as const];
      }),
    );
  },
});
