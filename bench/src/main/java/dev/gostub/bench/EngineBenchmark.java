package dev.gostub.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Million instructions per second of the engine on each kernel: the column {@code instructions} of the result, in instructions per microsecond. The kernels run in one process one after the other only through the parameter,
 * so each fork profiles one kernel; {@link Mips} runs all five in one process, as the figure in the README does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-XX:+UseSerialGC")
public class EngineBenchmark {
    @Param
    public Kernel kernel = Kernel.FIB;

    /** Counts what the kernel retired. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Retired {
        public double instructions;
    }

    @Benchmark
    public long kernel(Retired retired) {
        long count = new KernelRun(kernel).toEnd();
        retired.instructions += count;
        return count;
    }
}
