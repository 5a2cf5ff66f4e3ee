import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

export const apiServicesCollector = defineCollector({ id: "api-services", kinds: kindsOf("apiregistration.k8s.io", ["v1"], [["apiservices", "APIService"]]) });
