package dev.gostub.emulator.machine;

import java.util.List;

/**
 * Which task does what until the next stop. Tasks that the plan does not name do {@code others}; where only those that are named move, tasks made on the way go on by themselves.
 *
 * @param tasks tasks with an action of their own
 * @param others the action of all other tasks
 */
public record RunPlan(List<TaskPlan> tasks, TaskAction others) {
    /** All tasks run. */
    public static final RunPlan ALL = new RunPlan(List.of(), new TaskAction.Continue(0));

    private static final TaskAction STAY = new TaskAction.Stay();

    public RunPlan {
        tasks = List.copyOf(tasks);
    }

    /** One task's action. */
    public record TaskPlan(int task, TaskAction action) {}

    /** Only one task moves. */
    public static RunPlan only(int task, TaskAction action) {
        return new RunPlan(List.of(new TaskPlan(task, action)), STAY);
    }

    boolean names(int task) {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).task() == task) {
                return true;
            }
        }
        return false;
    }

    TaskAction actionOf(int task) {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).task() == task) {
                return tasks.get(i).action();
            }
        }
        return others;
    }
}
