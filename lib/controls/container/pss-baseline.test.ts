import { describePodSecurityLevel } from "../testing-pod-security-level";
import control from "./pss-baseline";

describePodSecurityLevel(control, "capabilities_baseline");
