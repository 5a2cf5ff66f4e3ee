import type { ReactNode } from "react";

export function Chevron(): ReactNode {
  return (
    <svg className="chev" width="0.5625rem" height="0.375rem" viewBox="0 0 9 6" aria-hidden="true">
      <path d="M1 1l3.5 3.5L8 1" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </svg>
  );
}
