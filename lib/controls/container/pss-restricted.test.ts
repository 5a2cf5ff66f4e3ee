import { describePodSecurityLevel } from "../testing-pod-security-level";
import control from "./pss-restricted";

describePodSecurityLevel(control, "capabilities_restricted");
