import { textMap } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { findRedactionMarker } from "./secret-match";
import { defineView } from "../view";

/** Others are not settings of a program that looks for Secrets, or they call it by another name. */
const SAYS_SECRET = /secret|credential|certificate/i;
/** A full stop behind it is none of a name. */
const WORD = /[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/g;

/** A ConfigMap that has the name of a Secret as a word of one of its texts, which or whose key speaks of Secrets: in the namespace of the Secret, or with the name of that. */
export const mentionedSecretsView = defineView({
  reads: ["secrets", "configMaps"],
  compute: ({ slices }): ((secret: KubeObject) => KubeObject | undefined) => {
    const asked = new Set(slices.secrets.flatMap(({ ref }) => [ref.name, ref.namespace ?? "default"]));
    const found = slices.configMaps.flatMap((map) => {
      const told = Object.entries(textMap(map.body.data)).flatMap(([key, value]) => (SAYS_SECRET.test(`${key} ${value}`) ? value : []));
      const words = new Set(told.flatMap((value) => [...value.matchAll(WORD)].flatMap(([word]) => (asked.has(word) ? word : []))));
      return [...words].map((name) => ({ name, map, words }));
    });
    const byName = Map.groupBy(found, ({ name }) => name);
    return ({ ref }) => byName.get(ref.name)?.find(({ map, words }) => map.ref.namespace === ref.namespace || words.has(ref.namespace ?? "default"))?.map;
  },
});

/** By namespace, a ConfigMap with a text of which nothing is kept, as it holds what looks like a credential: what else it names is not known. */
export const hiddenTextsView = defineView({
  reads: ["configMaps"],
  compute: ({ slices }): ReadonlyMap<string | null, KubeObject> => {
    const hidden = slices.configMaps.filter(({ body }) => Object.values(textMap(body.data)).some((value) => findRedactionMarker(value) !== null));
    return new Map(hidden.map((map) => [map.ref.namespace, map]));
  },
});
