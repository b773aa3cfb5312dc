package dev.gostub.server.packet;

/** What a client asks for, one sealed family for each handler. */
public sealed interface Command
        permits BreakpointCommand,
                CatchCommand,
                FileCommand,
                LaunchCommand,
                MemoryCommand,
                MonitorLine,
                ProcessCommand,
                RegisterCommand,
                ResumeCommand,
                SessionCommand,
                SignalCommand,
                ThreadCommand,
                TransferCommand {}
