/**
 * The Redis client, as a module of our own: loaded only where Redis is configured.
 * @module
 */
export { createClient, ErrorReply } from "@redis/client";
