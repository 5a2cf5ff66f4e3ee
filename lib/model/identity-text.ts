/** `ServiceAccount/payments/api`, `Group/system:authenticated`: one identity as an address writes it. */
export function toIdentityText({ kind, namespace, name }: { readonly kind: string; readonly namespace: string | null; readonly name: string }): string {
  return kind === "ServiceAccount" ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
}
