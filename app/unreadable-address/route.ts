import { unreadableAddress } from "@/lib/http/unreadable-address";

export { unreadableAddress as DELETE, unreadableAddress as GET, unreadableAddress as PATCH, unreadableAddress as POST, unreadableAddress as PUT };
