package dev.gostub.emulator.engine;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.isa.Op;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows tests of other packages which operations a chain consists of, and which of them are executed. */
public final class ObservedOps {
    private ObservedOps() {}

    /** The block at an address, decoded now if it was not. */
    public static Op block(Engine engine, long address) {
        Op first = engine.everywhere.at(address);
        if (first == null) throw new IllegalStateException("a breakpoint");
        return first;
    }

    /** What a single step at an address executes. */
    public static Op single(Engine engine, long address) {
        return engine.alone(address);
    }

    /** From now on the class of each operation of a chain is noted when it is executed; that of the first, which is about to be, at once. */
    public static void observe(Op first, Set<String> executed) {
        executed.add(first.getClass().getName());
        for (Op op = first; !(op instanceof Op.Last) && !(op.next instanceof Observer); ) {
            Op next = op.next;
            if (next.getClass().getName().startsWith(Op.class.getName() + "$End")) return;
            op.next = new Observer(next, executed);
            op = next;
        }
    }

    /** Stands before an operation. */
    private static final class Observer extends Op {
        private final Set<String> executed;

        Observer(Op observed, Set<String> executed) {
            this.next = observed;
            this.executed = executed;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            executed.add(next.getClass().getName());
            return next.exec(c);
        }
    }
}
