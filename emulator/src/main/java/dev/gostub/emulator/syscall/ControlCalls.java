package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.ProcessControl.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.vfs.ProcessSetting;
import java.util.Arrays;

/** {@code prctl(2)} and {@code arch_prctl(2)}. */
final class ControlCalls {
    private ControlCalls() {}

    static SyscallResult prctl(SyscallContext call) {
        long argument = call.argument(1);
        return switch (call.integer(0)) {
            case PR_SET_NAME -> setName(call, argument);
            case PR_GET_NAME -> getName(call, argument);
            case PR_GET_DUMPABLE -> SyscallResult.value(call.process().setting(ProcessSetting.DUMPABLE));
            case PR_SET_DUMPABLE -> {
                if (argument != 0 && argument != 1) {
                    yield SyscallResult.failure(Errno.EINVAL);
                }
                call.process().set(ProcessSetting.DUMPABLE, argument);
                yield SyscallResult.OK;
            }
            case PR_SET_TIMERSLACK -> {
                call.task().setTimerSlackNanos(Math.max(argument, 0));
                yield SyscallResult.OK;
            }
            case PR_SET_CHILD_SUBREAPER -> {
                call.process().kin().setReaper(argument != 0);
                yield SyscallResult.OK;
            }
            case PR_SET_THP_DISABLE -> SyscallResult.OK;
            case PR_SET_PDEATHSIG -> {
                if (argument != 0 && !Signals.isSignal(argument)) {
                    yield SyscallResult.failure(Errno.EINVAL);
                }
                call.process().kin().setParentDeathSignal((int) argument);
                yield SyscallResult.OK;
            }
            case PR_GET_PDEATHSIG -> {
                call.write32(argument, call.process().kin().parentDeathSignal());
                yield SyscallResult.OK;
            }
            case PR_SET_KEEPCAPS -> {
                if (argument < 0 || argument > 1) {
                    yield SyscallResult.failure(Errno.EINVAL);
                }
                call.task().setKeepsCapabilities(argument != 0);
                yield SyscallResult.OK;
            }
            case PR_GET_KEEPCAPS -> SyscallResult.value(call.task().keepsCapabilities() ? 1 : 0);
            case PR_GET_CHILD_SUBREAPER -> {
                call.write32(argument, call.process().kin().isReaper() ? 1 : 0);
                yield SyscallResult.OK;
            }
            case PR_GET_TIMERSLACK -> SyscallResult.value(call.task().timerSlackNanos());
            case PR_SET_NO_NEW_PRIVS -> CapabilityCalls.setNoNewPrivileges(call);
            case PR_GET_NO_NEW_PRIVS -> CapabilityCalls.getNoNewPrivileges(call);
            case PR_GET_THP_DISABLE, PR_GET_SECCOMP -> SyscallResult.OK;
            case PR_GET_SECUREBITS ->
                SyscallResult.value(call.process().credentials().capabilities().secureBits());
            case PR_SET_SECUREBITS -> CapabilityCalls.setSecureBits(call);
            case PR_CAPBSET_READ -> CapabilityCalls.readBound(call);
            case PR_CAPBSET_DROP -> CapabilityCalls.dropBound(call);
            case PR_CAP_AMBIENT -> CapabilityCalls.ambient(call);
            case PR_GET_TID_ADDRESS -> {
                call.write64(argument, call.task().clearChildTid());
                yield SyscallResult.OK;
            }
            // PR_SET_VMA among the rest: as a kernel without CONFIG_ANON_VMA_NAME answers.
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }

    private static SyscallResult setName(SyscallContext call, long address) {
        byte[] name = new byte[TASK_COMM_LEN - 1];
        int read = call.memory().copyIn(address, name, 0, name.length);
        int length = 0;
        while (length < read && name[length] != 0) {
            length++;
        }
        if (length == read && read < name.length) {
            return SyscallResult.failure(Errno.EFAULT);
        }
        call.task().rename(GuestText.of(name, 0, length));
        return SyscallResult.OK;
    }

    private static SyscallResult getName(SyscallContext call, long address) {
        byte[] name = GuestText.bytes(call.task().name());
        call.write(address, Arrays.copyOf(name, TASK_COMM_LEN));
        return SyscallResult.OK;
    }

    static SyscallResult archPrctl(SyscallContext call) {
        long address = call.argument(1);
        switch (call.integer(0)) {
            case ARCH_SET_FS -> {
                requireUserSpace(address);
                call.task().cpu().fsBase = address;
            }
            case ARCH_SET_GS -> {
                requireUserSpace(address);
                call.task().cpu().gsBase = address;
            }
            case ARCH_GET_FS -> call.write64(address, call.task().cpu().fsBase);
            case ARCH_GET_GS -> call.write64(address, call.task().cpu().gsBase);
            case ARCH_GET_CPUID -> {
                return SyscallResult.value(1);
            }
            case ARCH_SET_CPUID -> {
                return SyscallResult.failure(Errno.ENODEV);
            }
            case ARCH_GET_XCOMP_SUPP, ARCH_GET_XCOMP_PERM -> call.write64(address, 7);
            default -> {
                return SyscallResult.failure(Errno.EINVAL);
            }
        }
        return SyscallResult.OK;
    }

    private static void requireUserSpace(long address) {
        if (address < 0 || address >= AddressSpace.END) {
            throw new SyscallException(Errno.EPERM);
        }
    }
}
