import { expect, test } from "vitest";
import { containersCommand, LASTING, OF_IMAGES, WITHOUT_DEBUG } from "./containers-command";

test("shows a field of every container by its name, after those of the pod", () => {
  expect(containersCommand(".securityContext.runAsUser", { pod: ".spec.securityContext.runAsUser" }, WITHOUT_DEBUG)).toBe(
    `kubectl get pods -A -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name} pod={.spec.securityContext.runAsUser}{range .spec.initContainers[*]} {.name}={.securityContext.runAsUser}{end}{range .spec.containers[*]} {.name}={.securityContext.runAsUser}{end}{"\\n"}{end}'`,
  );
});

test("looks at init and debug containers too", () => {
  for (const place of ["initContainers", "containers", "ephemeralContainers"]) expect(containersCommand(".image")).toContain(`{range .spec.${place}[*]}`);
});

test("of init containers that run once nothing is asked where only those count that stay", () => {
  const command = containersCommand(".resources.limits.memory", {}, LASTING);
  expect(command).toContain('{range .spec.initContainers[?(@.restartPolicy=="Always")]}');
  expect(command).not.toContain("initContainers[*]");
});

test("of images those are shown too that are volumes, and no other volume", () => {
  expect(containersCommand(".image", {}, OF_IMAGES)).toContain("{range .spec.volumes[?(@.image)]} {.name}={.image}{end}");
});
