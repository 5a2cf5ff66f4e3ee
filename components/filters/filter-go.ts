"use client";
import { createContext } from "react";

/** How a page takes a new query, when it does more than ask the server for itself again: the list of findings asks for rows alone. */
export const FilterGo = createContext<((query: string) => void) | null>(null);
