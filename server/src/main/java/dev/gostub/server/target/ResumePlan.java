package dev.gostub.server.target;

import java.util.List;

/**
 * Which thread does what until the next stop. Threads that the plan does not name, those created on the way included,
 * do {@code others}.
 *
 * @param threads the threads with an action of their own; each at most once
 * @param others the action of all other threads
 */
public record ResumePlan(List<ThreadPlan> threads, ResumeAction others) {
    /** One thread's action. */
    public record ThreadPlan(ThreadId thread, ResumeAction action) {}

    public ResumePlan {
        threads = List.copyOf(threads);
    }

    /** All threads run on, nothing is delivered. */
    public static ResumePlan all() {
        return new ResumePlan(List.of(), ResumeAction.resume());
    }

    /** Only {@code thread} moves, by one instruction. */
    public static ResumePlan stepOnly(ThreadId thread) {
        return new ResumePlan(List.of(new ThreadPlan(thread, new ResumeAction.Step(0))), new ResumeAction.Stay());
    }

    /** The action of {@code thread}. */
    public ResumeAction actionOf(ThreadId thread) {
        for (ThreadPlan plan : threads) {
            if (plan.thread().equals(thread)) {
                return plan.action();
            }
        }
        return others;
    }
}
