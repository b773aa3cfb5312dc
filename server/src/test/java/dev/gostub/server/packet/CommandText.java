package dev.gostub.server.packet;

import dev.gostub.server.target.BreakpointKind;
import dev.gostub.server.target.SystemCallFilter;
import dev.gostub.server.target.WatchKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Prints commands as a client would send them: the way back from {@link PacketTable}, for tests. */
final class CommandText {
    private CommandText() {}

    static String of(Command command) {
        return switch (command) {
            case BreakpointCommand breakpoint -> breakpoint(breakpoint);
            case CatchCommand.SystemCalls(SystemCallFilter filter) -> "QCatchSyscalls:" + filter(filter);
            case FileCommand file -> "vFile:" + file(file);
            case LaunchCommand launch -> launch(launch);
            case MemoryCommand memory -> memory(memory);
            case MonitorLine(String text) -> "qRcmd," + Hex.of(text);
            case ProcessCommand process -> process(process);
            case RegisterCommand register -> register(register);
            case ResumeCommand resume -> resume(resume);
            case SessionCommand session -> session(session);
            case SignalCommand.Pass(List<Integer> signals) -> "QPassSignals:" + numbers(signals);
            case SignalCommand.Program(List<Integer> signals) -> "QProgramSignals:" + numbers(signals);
            case ThreadCommand thread -> thread(thread);
            case TransferCommand.Read(String object, String annex, long offset, int length) ->
                "qXfer:" + object + ":read:" + annex + ":" + hex(offset) + "," + hex(length);
            case TransferCommand.Write(String object, String annex, long offset, byte[] bytes) ->
                "qXfer:" + object + ":write:" + annex + ":" + hex(offset) + ":" + binary(bytes);
            case TransferCommand.Unknown(String object, String operation) -> "qXfer:" + object + ":" + operation;
        };
    }

    private static String filter(SystemCallFilter filter) {
        if (filter.all()) return "1";
        if (filter.numbers().isEmpty()) return "0";
        return filter.numbers().stream().sorted().map(CommandText::hex).collect(Collectors.joining(";", "1;", ""));
    }

    private static String hex(long number) {
        return Long.toHexString(number);
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.stream().map(CommandText::hex).collect(Collectors.joining(";"));
    }

    private static String binary(byte[] data) {
        return new String(Escapes.escape(data), StandardCharsets.ISO_8859_1);
    }

    private static String flag(boolean flag) {
        return flag ? ":1" : ":0";
    }

    static String selector(ThreadSelector selector) {
        String tid = selector.tid() == ThreadSelector.ALL ? "-1" : hex(selector.tid());
        String pid = selector.pid() == ThreadSelector.ALL ? "-1" : hex(selector.pid());
        return selector.pid() == ThreadSelector.ANY ? tid : "p" + pid + "." + tid;
    }

    private static String suffix(Optional<ThreadSelector> thread) {
        return thread.map(selector -> ";thread:" + selector(selector) + ";").orElse("");
    }

    private static String breakpoint(BreakpointCommand command) {
        return switch (command) {
            case BreakpointCommand.Insert(BreakpointKind kind, long address) ->
                "Z" + kind.ordinal() + "," + hex(address) + ",1";
            case BreakpointCommand.Remove(BreakpointKind kind, long address) ->
                "z" + kind.ordinal() + "," + hex(address) + ",1";
            case BreakpointCommand.Watch(WatchKind kind, long address, long length) ->
                "Z" + (2 + kind.ordinal()) + "," + hex(address) + "," + hex(length);
            case BreakpointCommand.Unwatch(WatchKind kind, long address, long length) ->
                "z" + (2 + kind.ordinal()) + "," + hex(address) + "," + hex(length);
        };
    }

    private static String file(FileCommand command) {
        return switch (command) {
            case FileCommand.SetFileSystem(long pid) -> "setfs:" + hex(pid);
            case FileCommand.Open(String path, int flags, int mode) ->
                "open:" + Hex.of(path) + "," + hex(flags) + "," + hex(mode);
            case FileCommand.Close(int descriptor) -> "close:" + hex(descriptor);
            case FileCommand.Pread(int descriptor, int count, long offset) ->
                "pread:" + hex(descriptor) + "," + hex(count) + "," + hex(offset);
            case FileCommand.Pwrite(int descriptor, long offset, byte[] bytes) ->
                "pwrite:" + hex(descriptor) + "," + hex(offset) + "," + binary(bytes);
            case FileCommand.Fstat(int descriptor) -> "fstat:" + hex(descriptor);
            case FileCommand.Stat(String path) -> "stat:" + Hex.of(path);
            case FileCommand.Lstat(String path) -> "lstat:" + Hex.of(path);
            case FileCommand.Readlink(String path) -> "readlink:" + Hex.of(path);
            case FileCommand.Unknown(String operation) -> operation + ":";
        };
    }

    private static String launch(LaunchCommand command) {
        return switch (command) {
            case LaunchCommand.Run(Optional<String> file, List<String> arguments) ->
                "vRun;" + Hex.of(file.orElse(""))
                        + arguments.stream().map(word -> ";" + Hex.of(word)).collect(Collectors.joining());
            case LaunchCommand.Restart() -> "R00";
            case LaunchCommand.StartupWithShell(boolean wanted) -> "QStartupWithShell" + flag(wanted);
            case LaunchCommand.DisableRandomization(boolean wanted) -> "QDisableRandomization" + flag(wanted);
            case LaunchCommand.SetVariable(String name, String value) ->
                "QEnvironmentHexEncoded:" + Hex.of(name + "=" + value);
            case LaunchCommand.UnsetVariable(String name) -> "QEnvironmentUnset:" + Hex.of(name);
            case LaunchCommand.ResetEnvironment() -> "QEnvironmentReset";
            case LaunchCommand.WorkingDirectory(Optional<String> directory) ->
                "QSetWorkingDir:" + Hex.of(directory.orElse(""));
        };
    }

    private static String memory(MemoryCommand command) {
        return switch (command) {
            case MemoryCommand.Read(long address, int length) -> "m" + hex(address) + "," + hex(length);
            case MemoryCommand.ReadBinary(long address, int length) -> "x" + hex(address) + "," + hex(length);
            case MemoryCommand.Write(long address, byte[] bytes) ->
                "X" + hex(address) + "," + hex(bytes.length) + ":" + binary(bytes);
            case MemoryCommand.Search(long address, long length, byte[] pattern) ->
                "qSearch:memory:" + hex(address) + ";" + hex(length) + ";" + binary(pattern);
            case MemoryCommand.Region(long address) -> "qMemoryRegionInfo:" + hex(address);
            case MemoryCommand.Checksum(long address, long length) -> "qCRC:" + hex(address) + "," + hex(length);
        };
    }

    private static String process(ProcessCommand command) {
        return switch (command) {
            case ProcessCommand.Attached() -> "qAttached";
            case ProcessCommand.Kill() -> "k";
            case ProcessCommand.KillProcess(long pid) -> "vKill;" + hex(pid);
            case ProcessCommand.Detach(OptionalLong pid) -> pid.isPresent() ? "D;" + hex(pid.getAsLong()) : "D";
            case ProcessCommand.Attach(long pid) -> "vAttach;" + hex(pid);
            case ProcessCommand.ExecutableAndArguments() -> "qExecAndArgs";
            case ProcessCommand.Describe() -> "qProcessInfo";
            case ProcessCommand.DescribePid(String pid) -> "qProcessInfoPID:" + pid;
        };
    }

    private static String register(RegisterCommand command) {
        return switch (command) {
            case RegisterCommand.ReadAll(Optional<ThreadSelector> thread) -> "g" + suffix(thread);
            case RegisterCommand.WriteAll(byte[] block, Optional<ThreadSelector> thread) ->
                "G" + Hex.of(block) + suffix(thread);
            case RegisterCommand.Read(int number, Optional<ThreadSelector> thread) ->
                "p" + hex(number) + suffix(thread);
            case RegisterCommand.Write(int number, byte[] value, Optional<ThreadSelector> thread) ->
                "P" + hex(number) + "=" + Hex.of(value) + suffix(thread);
            case RegisterCommand.Describe(int number) -> "qRegisterInfo" + hex(number);
        };
    }

    private static String resume(ResumeCommand command) {
        return switch (command) {
            case ResumeCommand.Actions() -> "vCont?";
            case ResumeCommand.HaltReason() -> "?";
            case ResumeCommand.Continue(List<ResumeCommand.Directive> directives) ->
                "vCont" + directives.stream().map(CommandText::directive).collect(Collectors.joining());
            case ResumeCommand.Classic(ResumeCommand.Action action, OptionalLong address) ->
                action(action) + (address.isPresent() ? classicAddress(action, address.getAsLong()) : "");
            case ResumeCommand.InterruptRequest() -> "vCtrlC";
        };
    }

    private static String classicAddress(ResumeCommand.Action action, long address) {
        boolean signal = switch (action) {
            case ResumeCommand.Action.Run(int number) -> number != 0;
            case ResumeCommand.Action.Step(int number) -> number != 0;
            case ResumeCommand.Action.StepRange _, ResumeCommand.Action.Stop _ -> false;
        };
        return (signal ? ";" : "") + hex(address);
    }

    private static String directive(ResumeCommand.Directive directive) {
        String text = ";" + action(directive.action());
        return directive.threads().equals(ThreadSelector.all()) ? text : text + ":" + selector(directive.threads());
    }

    private static String action(ResumeCommand.Action action) {
        return switch (action) {
            case ResumeCommand.Action.Run(int signal) -> signal == 0 ? "c" : "C" + Hex.ofByte(signal);
            case ResumeCommand.Action.Step(int signal) -> signal == 0 ? "s" : "S" + Hex.ofByte(signal);
            case ResumeCommand.Action.StepRange(long start, long end) -> "r" + hex(start) + "," + hex(end);
            case ResumeCommand.Action.Stop() -> "t";
        };
    }

    private static String session(SessionCommand command) {
        return switch (command) {
            case SessionCommand.Supported(List<String> features) -> "qSupported:" + String.join(";", features);
            case SessionCommand.StartNoAckMode() -> "QStartNoAckMode";
            case SessionCommand.ExtendedMode() -> "!";
            case SessionCommand.NonStop(boolean wanted) -> "QNonStop" + flag(wanted);
            case SessionCommand.ThreadSuffix() -> "QThreadSuffixSupported";
            case SessionCommand.ThreadsInStopReply() -> "QListThreadsInStopReply";
            case SessionCommand.SymbolsOffered() -> "qSymbol::";
            case SessionCommand.HostQuestion() -> "qHostInfo";
        };
    }

    private static String thread(ThreadCommand command) {
        return switch (command) {
            case ThreadCommand.SelectGeneral(ThreadSelector thread) -> "Hg" + selector(thread);
            case ThreadCommand.SelectResumed(ThreadSelector thread) -> "Hc" + selector(thread);
            case ThreadCommand.Alive(ThreadSelector thread) -> "T" + selector(thread);
            case ThreadCommand.Current() -> "qC";
            case ThreadCommand.First() -> "qfThreadInfo";
            case ThreadCommand.Next() -> "qsThreadInfo";
            case ThreadCommand.ExtraText(ThreadSelector thread) -> "qThreadExtraInfo," + selector(thread);
            case ThreadCommand.ThreadLocalAddress(ThreadSelector thread, long offset, long linkMap) ->
                "qGetTLSAddr:" + selector(thread) + "," + hex(offset) + "," + hex(linkMap);
            case ThreadCommand.StopOf(ThreadSelector thread) -> "qThreadStopInfo" + selector(thread);
        };
    }
}
