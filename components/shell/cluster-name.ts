"use client";
import { createContext, useContext } from "react";

const Name = createContext("");

/** The frame knows how its cluster is called; what stands inside it says the same. */
export const ClusterName = Name.Provider;

export function useClusterName(): string {
  return useContext(Name);
}
