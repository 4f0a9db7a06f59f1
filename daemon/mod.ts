/**
 * The composition root: builds every part, hands each what it needs, and starts the services.
 * @module
 */
import { join } from "node:path";
import { wireDay } from "./api/activity.ts";
import type { ApiDeps } from "./api/deps.ts";
import { Guard } from "./api/guard.ts";
import { wireBlockStatus } from "./api/blocker.ts";
import { wireHealth } from "./api/health.ts";
import { createApp } from "./api/mod.ts";
import type { SummaryPort } from "./api/summary.ts";
import { copyList, dailyCopies, makeCopyAt, makeDailyCopy, runBackups, Turns } from "./backups.ts";
import { BlockService } from "./block_service.ts";
import { type EnforcerOptions, openEnforcer } from "./blocker/mod.ts";
import { liftOverdue } from "./blocker/overdue.ts";
import { systemEnv } from "./config/env.ts";
import type { Config } from "./config/load.ts";
import type { BlockEnforcer } from "./core/block.ts";
import { localZone } from "./core/day.ts";
import { HealthBoard } from "./core/health.ts";
import { Hub } from "./core/hub.ts";
import type { Check, CheckOptions } from "./doctor/checks.ts";
import { Live } from "./live.ts";
import { createUpClock, systemClock } from "./os/clock.ts";
import { keptSecret, prepareDataDir, readIfThere } from "./os/files.ts";
import { configureLog, logFor } from "./os/log.ts";
import { currentService, Ownership, type ServiceNote } from "./os/ownership.ts";
import { type HttpServer, serveHttp } from "./os/http.ts";
import { serveLan } from "./lan.ts";
import { checkDatabase, reportSalvage, STORE_OK } from "./database_health.ts";
import { DoctorPart } from "./doctor_part.ts";
import { DEMO_OFF, demoMark, demoOptions } from "./demo_mark.ts";
import { EditPart } from "./edit_part.ts";
import { ErasurePart } from "./erasure_part.ts";
import { FocusPart } from "./focus_part.ts";
import { LoopPart } from "./loop_part.ts";
import { MessagePart } from "./message_part.ts";
import { PauseService } from "./pause_service.ts";
import { PhonePart } from "./phone_part.ts";
import { PrivacyService } from "./privacy_service.ts";
import { RulesService } from "./rules_service.ts";
import { ScreenshotPart } from "./screenshot_part.ts";
import { SendPart } from "./send_part.ts";
import { SessionPart } from "./session_part.ts";
import { Sessions } from "./sessions.ts";
import { Store } from "./store/mod.ts";
import { TrackerPart } from "./tracker_part.ts";
import { webFile } from "./web_files.ts";

export interface DaemonOptions {
  readonly config: Config;
  /** `undefined`: a short command in this process, without listening or tracking. */
  readonly service?: "serve" | "track" | "focus";
  /** Run the watchers. */
  readonly track?: boolean;
  /** Listen for phones on the local network. */
  readonly lan?: boolean;
  readonly env?: (name: string) => string | undefined;
  /** It is the demo's directory, whatever stands in it. @default by its mark */
  readonly demo?: boolean;
  /** What makes names unreachable. @default this machine's hosts file and browser policies */
  readonly enforcer?: BlockEnforcer;
  /** How long to wait for another short command to let go of the directory. @default 10 000 */
  readonly lockWaitMs?: number;
}

export interface Daemon {
  /** Where it listens; `undefined` for a short command. */
  readonly url?: string;
  /** Where it listens for phones. */
  readonly lanUrl?: string;
  readonly adminToken: string;
  /** The API in this process. */
  fetch(request: Request): Promise<Response>;
  /** Resolves when the daemon has been closed; rejects when it cannot go on. */
  readonly finished: Promise<void>;
  /** A code for a one-time login link, valid for 60 s. */
  createLoginCode(): string;
  /** Calls `listener` with the bodies of one kind of `/stream`'s messages; the result ends that. */
  onUpdate(name: string, listener: (data: unknown) => void): () => void;
  /** Saves what is open, commits, and lets go of the directory. */
  close(): Promise<void>;
}

export type { Check, CheckOptions } from "./doctor/checks.ts";
export { liftOverdue } from "./blocker/overdue.ts";
export { openInBrowser } from "./os/browser.ts";

/** A running service, as its clients find it. */
export interface FoundDaemon extends ServiceNote {
  /** The generated token, when this user may read it. */
  readonly adminToken: string | undefined;
}

/** How long clients wait for a service that is starting, or for another short command. */
const LOCK_WAIT_MS = 10_000;

/** The service that runs on a data directory, or `undefined`. */
export async function findDaemon(dataDir: string): Promise<FoundDaemon | undefined> {
  const note = await currentService(dataDir, LOCK_WAIT_MS);
  return note && { ...note, adminToken: readIfThere(tokenPath(dataDir))?.trim() };
}

/** The doctor's checks, one by one as they are done. */
export async function* diagnose(config: Config, options?: CheckOptions): AsyncGenerator<Check> {
  const { runChecks } = await import("./doctor/checks.ts");
  // A directory that cannot be used is what the first check says.
  const running = await currentService(config.dataDir, LOCK_WAIT_MS).catch(() => undefined);
  yield* runChecks(config, systemEnv, running, options);
}

/** Installing the writer of the hosts file; starting with the login; camera and pipeline of `focus`. */
export const blockSetup = () => import("./blocker/setup.ts");
export const autostart = () => import("./autostart/mod.ts");
export const focusTerminal = () => import("./focus_terminal.ts");
/** Making the demo's data. */
export const demo = () => import("./demo_part.ts");

/**
 * Opens a data directory and all that belongs to it.
 * @throws {ConflictError} when another service has it; {@linkcode FatalError} when it cannot be opened.
 */
export async function openDaemon(given: DaemonOptions): Promise<Daemon> {
  const isDemo = given.demo === true || demoMark(given.config.dataDir) !== undefined;
  const options = isDemo ? demoOptions(given) : given;
  const { config, service } = options;
  configureLog();
  prepareDataDir(config.dataDir);
  const ownership = await Ownership.take(config.dataDir, options.lockWaitMs ?? LOCK_WAIT_MS);
  try {
    return await start(options, ownership, { service, isDemo });
  } catch (error) {
    ownership.release();
    throw error;
  }
}

async function start(
  { config, track = false, lan = false, env = systemEnv, enforcer: given }: DaemonOptions,
  ownership: Ownership,
  { service, isDemo }: Pick<DaemonOptions, "service"> & { readonly isDemo: boolean },
): Promise<Daemon> {
  const { dataDir, databasePath, dayStartMin } = config;
  const clock = systemClock;
  const startedMs = clock.nowMs();
  const adminToken = config.adminToken ?? keptSecret(tokenPath(dataDir));
  const log = logFor("daemon");
  const hub = new Hub();
  const stop = new AbortController();
  const health = new HealthBoard(() => hub.publish("health", wireHealth(deps)));

  const rules = await RulesService.create({
    onProgress: (progress) => {
      hub.publish("reclassify", progress);
      live.totalsChanged();
    },
    onFailure: (error) => log.error("judging the past again failed", { reason: String(error) }),
  });
  const store = new Store({
    path: databasePath,
    judge: rules.judge,
    offsetMinAt: (utcMs) => localZone(utcMs) / 60_000,
    nowMs: clock.nowMs,
    copies: () => dailyCopies(dataDir),
  });

  const sessions = new Sessions(adminToken, clock);
  let port = config.port;
  const turns = new Turns();
  const backups = {
    ...{ dataDir, clock, turns },
    copy: (path: string) => store.maintenance.call("copyDatabase", path),
    report: (...[status, detail]: [Parameters<HealthBoard["set"]>[1], string]) =>
      health.set("backup", status, detail),
  };
  let blockEndMs: number | undefined;
  const enforced = { dataDir, homeDir: env("HOME") };
  const enforcer = given ?? openEnforcer(enforced);
  const blocker = new BlockService({
    blocks: store.blocks,
    enforcer,
    clock: { ...createUpClock(), nowMs: clock.nowMs },
    zone: localZone,
    lasting: service !== undefined,
    onChange: () => {
      blockEndMs = store.blocks.running()?.endMs;
      void wireBlockStatus(deps).then((status) => hub.publish("block", status), () => {});
    },
    report: (status, detail) => health.set("blocker", status, detail),
  });
  const privacy = await PrivacyService.open({
    ...{ store, dataDir },
    onChange: () => tracker.refresh(),
    report: (status, detail) => health.set("privacy", status, detail),
  });
  const pause = new PauseService({
    ...{ store, clock, hub, health },
    onChange: (isPaused) => tracker.pause(isPaused),
  });
  const phones = new PhonePart({
    ...{ config, store, clock, health, classify: rules.classify },
    privacy: privacy.filterSubject,
    isPaused: (atMs) => pause.isPausedAt(atMs),
    blockEndMs: () => blockEndMs,
    onDevice: (deviceId) => hub.publish("phone", { device_id: deviceId }),
    isListening: () => lanServer !== undefined,
    onDerived: () => live.totalsChanged(),
  });
  const focus = new FocusPart({
    ...{ store, clock, health, hub, env },
    onPresence: (fromMs, toMs) => tracker.present(fromMs, toMs),
  });
  const recorderState = () => tracker.state;
  const messages = new MessagePart({ config, store, clock, health, hub });
  const calendar = { store, clock, zone: localZone, dayStartMin };
  let summaries: Promise<SummaryPort> | undefined;
  const loadSummaries = () =>
    summaries ??= import("./summaries.ts").then(({ Summaries }) => new Summaries(calendar));
  const sending = new SendPart({
    ...{ ...calendar, health, hub },
    outbox: messages.load,
    summaries: loadSummaries,
  });
  const loop = new LoopPart({
    ...{ ...calendar, health, hub, env, blocker, recorderState },
    explain: (subject) => rules.explain(subject),
    privacy: privacy.filterSubject,
    recordingSinceMs: () => pause.recordingSinceMs,
  });
  const live = new Live(hub, (ids) => store.events(ids), () => wireDay(deps));
  const screenshots = new ScreenshotPart({
    ...{ config, store, clock, env, health, hub, recorderState, classify: rules.classify },
    isPrivate: (window) => privacy.isPrivate(window),
    isLocked: () => session.isLocked,
    isPaused: () => pause.isPaused,
  });
  const tracker = new TrackerPart({
    ...{ store, clock, env, health, hub, live, classify: rules.classify },
    afkLimitMs: config.afkLimitMs,
    privacy: privacy.filter,
    recordingSinceMs: () => pause.recordingSinceMs,
    onState: (state) => {
      screenshots.stateChanged(state);
      edits.stateChanged(state);
    },
  });
  const session = new SessionPart({ clock, env, health, tracker });
  // What open pages read everything anew for.
  const onPastChanged = () => hub.publish("reclassify", rules.progress);
  const erasure = new ErasurePart({
    ...{ config, store, clock, health, hub, privacy, phones, turns },
    onChanged: onPastChanged,
  });
  const edits = new EditPart({ ...calendar, hub, onChanged: onPastChanged });
  const doctor = new DoctorPart({ config, env, parts: () => health.parts });
  const deps: ApiDeps = {
    ...{ store, clock, zone: localZone, dayStartMin, health, hub, rules, blocker, privacy, pause },
    blockMeans: async () =>
      (await import("./block_means.ts")).readBlockMeans(env("USER") ?? "your-user"),
    phone: phones.load,
    focus: focus.load,
    modelFile: focus.modelFile,
    outbox: messages.load,
    summaries: loadSummaries,
    sending: sending.load,
    loop: loop.load,
    edits: edits.load,
    erasure: erasure.load,
    screenshots: screenshots.load,
    sessions,
    isDemo,
    startedMs,
    stopping: stop.signal,
    recorderState,
    tracking: () => tracker.isOn,
    guard: new Guard({
      boundHost: config.host,
      port: () => port,
      pcIp: config.pcIp,
      requireToken: config.requireToken,
      tokenConfigured: config.adminToken !== undefined,
      isValidToken: (token) => sessions.isValid(token),
    }),
    onImported: onPastChanged,
    backup: (path) =>
      path === undefined ? makeDailyCopy(backups) : makeCopyAt(path, backups, store.erasures),
    copies: () => copyList(dataDir, store.erasures.copiesElsewhere()),
    doctor: doctor.load,
    webFile,
    residentBytes: () => Deno.memoryUsage().rss,
    onUnforeseen: (error, route) => {
      const reason = (error as Error)?.stack ?? String(error);
      // What is asked while all is closed finds it closed; nobody waits for the answer.
      log[stop.signal.aborted ? "debug" : "error"]("a request failed", { route, reason });
    },
  };
  // From here on there is somebody to tell: what the start finds is said by the parts above.
  health.set("store", "ok", STORE_OK);
  reportSalvage(store, health, log);
  await settleBlock(service && !isDemo ? enforced : undefined, blocker, health);
  await erasure.settle();
  privacy.tell();
  blockEndMs = store.blocks.running()?.endMs;
  await rules.attach(store);
  const app = createApp(deps);
  const finished = Promise.withResolvers<void>();
  const services: Promise<void>[] = [];
  const run = (work: Promise<void>) => {
    services.push(work);
    work.catch(finished.reject);
  };
  // Somebody always looks at `finished` too late: the failure is theirs to report, not the runtime's.
  finished.promise.catch(() => {});

  let server: HttpServer | undefined, lanServer: HttpServer | undefined;
  try {
    if (service) {
      server = serveHttp(app, config.host, service === "serve" ? config.port : 0);
      port = server.port;
      const note = doctor.running = { pid: Deno.pid, service, url: server.url };
      ownership.announce(note);
      run(checkDatabase(store, health, stop.signal));
      run(phones.run(stop.signal));
      run(focus.run(stop.signal, { fetchModels: service === "serve" && !isDemo }));
      run(messages.run(stop.signal));
      run(sending.run(stop.signal));
      run(pause.run(stop.signal));
      run(erasure.run(stop.signal));
      run(screenshots.run(stop.signal, { takes: track }));
      if (isDemo) { for (const part of ["blocker", "loop"]) health.set(part, "off", DEMO_OFF); }
      else {
        run(runBackups(backups, stop.signal));
        run(blocker.run(stop.signal));
        run(loop.run(stop.signal));
      }
      if (lan) lanServer = serveLan(config, deps);
    }
    if (service && track) {
      run(tracker.run(stop.signal));
      run(session.run(stop.signal));
    } else if (service) {
      const detail = isDemo ? DEMO_OFF : "tracking is switched off";
      for (const part of ["window", "idle"]) health.set(part, "off", detail);
    }
  } catch (error) {
    stop.abort();
    await store.close();
    throw error;
  }

  let closing: Promise<void> | undefined;
  const close = () =>
    closing ??= (async () => {
      stop.abort();
      await Promise.allSettled(services);
      await rules.close();
      await Promise.all([server?.close(), lanServer?.close()]);
      await Promise.all([phones.close(), focus.close(), messages.close(), loop.close()]);
      await Promise.all([screenshots.close(), erasure.close()]);
      live.close();
      await store.close();
      ownership.release();
      finished.resolve();
    })();
  return {
    url: server?.url,
    lanUrl: lanServer?.url,
    adminToken,
    fetch: (request) => app(request, { hostname: "127.0.0.1" }),
    finished: finished.promise,
    createLoginCode: () => sessions.createCode(),
    onUpdate: (name, listener) => hub.on(name, listener),
    close,
  };
}

/**
 * Before anything else, a block whose time is over is lifted; what hinders that is said, and retried. A short
 * command (`enforced` absent) has done so before it gave up the right to.
 */
async function settleBlock(
  enforced: EnforcerOptions | undefined,
  blocker: BlockService,
  health: HealthBoard,
): Promise<void> {
  // The history first: what it ends is "overdue", and not lifted by nobody knows whom.
  for (const work of [() => blocker.settle(), () => enforced && liftOverdue(enforced)]) {
    try {
      await work();
    } catch (error) {
      health.set("blocker", "degraded", (error as Error).message);
    }
  }
}

function tokenPath(dataDir: string): string {
  return join(dataDir, "admin_token");
}
