"use client";
import { Component, type ReactNode } from "react";
import { isUnloaded } from "./is-unloaded";

interface PartBoundaryProps {
  /** Takes the place of what its script did not come for. */
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

/** Keeps the page where the script of one of its parts cannot be loaded; any other failure is the page's. */
export class PartBoundary extends Component<PartBoundaryProps, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (!isUnloaded(error)) throw error;
    return this.props.instead;
  }
}
