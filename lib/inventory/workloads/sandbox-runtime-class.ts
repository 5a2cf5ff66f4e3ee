import { text } from "../../model/json";
import type { KubeObject } from "../kube-object";

const SANDBOX = /^(?:runsc|gvisor|kata(?:-.*)?|runhcs-wcow-hypervisor)$/;

export function handlerOf(runtimeClass: KubeObject): string {
  return text(runtimeClass.body.handler) ?? "";
}

/** A runtime that puts a kernel of its own between container and node: gVisor, Kata Containers, Hyper-V. */
export function isSandboxClass(runtimeClass: KubeObject): boolean {
  return SANDBOX.test(handlerOf(runtimeClass)) || SANDBOX.test(runtimeClass.ref.name);
}
