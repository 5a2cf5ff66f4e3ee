import { serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-shared-cloud-role";

const bound = (name: string, role: string) => serviceAccount({ name, annotations: { "iam.gke.io/gcp-service-account": role } });
const PATH = 'metadata.annotations["iam.gke.io/gcp-service-account"]';
const target = { kind: "ServiceAccount", name: "cart" };

describeControl(control, {
  fails: [
    { name: "two accounts with one role", objects: [bound("cart", "a@p.iam"), bound("pay", "a@p.iam")], target },
    {
      name: "more accounts than are named",
      objects: ["cart", "a", "b", "c", "d", "e", "f", "g"].map((name) => bound(name, "a@p.iam")),
      target,
      evidence: [{ path: PATH, message: "It is shared with shop/a, shop/b, shop/c, shop/d, shop/e and 2 more." }],
    },
  ],
  passes: [{ name: "a role each", objects: [bound("cart", "a@p.iam"), bound("pay", "b@p.iam")], target }],
  unknown: [{ name: "a role that another account has elsewhere, perhaps", objects: [bound("cart", "a@p.iam")], target, complete: false }],
  notApplicable: [{ name: "no role", objects: [serviceAccount({ name: "cart" })], target }],
});
