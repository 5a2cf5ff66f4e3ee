import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

export const configMapsCollector = defineCollector({ id: "config-maps", withoutManagers: true, kinds: kindsOf("", ["v1"], [["configmaps", "ConfigMap"]]) });
