import { createTestContext } from "../../inventory/testing-context";
import { deployment, namespace } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { answerConnectionIn } from "./answer-connection";

/** Two workloads in shop, one in other: enough for most questions. */
export const TWO_NAMESPACES: readonly JsonRecord[] = [
  namespace(),
  namespace({ name: "other", labels: { team: "other" } }),
  deployment({ name: "web", container: { ports: [{ name: "http", containerPort: 8080 }] } }),
  deployment({ name: "db" }),
  deployment({ name: "web", namespace: "other" }),
];

/** May `from` connect to `to`? Names without a namespace are Deployments of shop. */
export function ask(objects: readonly JsonRecord[], from: string, to: string, port: number | string = 8080, protocol = "TCP"): boolean | null {
  const context = createTestContext([...TWO_NAMESPACES, ...objects]);
  const whole = (name: string) => (name.includes("/") || name === "external" ? name : `shop/Deployment/${name}`);
  return answerConnectionIn(context, { kind: "connection", from: whole(from), to: whole(to), port, protocol }).allowed;
}

export const OTHER_WEB = "other/Deployment/web";
