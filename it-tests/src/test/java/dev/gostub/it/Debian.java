package dev.gostub.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * A release of Debian as a container with its debuggers, which shares the machine's network and sees the repository where it lies
 * (docs/decisions/0009). Started when it is first asked for, gone with this JVM; the image stays.
 */
final class Debian {
    static final Debian BOOKWORM = new Debian("bookworm", "lldb-16 delve");
    static final Debian TRIXIE = new Debian("trixie", "gdb lldb delve");
    static final Debian SID = new Debian("sid", "gdb lldb delve");

    /** Of what tests start; its value is the run. */
    private static final String LABEL = "dev.gostub.tests.run";

    private final String suite;
    private final String packages;
    private Optional<GenericContainer<?>> running = Optional.empty();
    private String failure = "";

    private Debian(String suite, String packages) {
        this.suite = suite;
        this.packages = packages;
    }

    /** What runs a program in there with this process's standard streams. Without Docker the running test is skipped. */
    List<String> command(String program) {
        Path docker = Tool.need("docker");
        // The two streams of docker-exec have no order: what a debugger complains of would come behind the next answer,
        // or before the last.
        List<String> joined = List.of("sh", "-c", "exec \"$0\" \"$@\" 2>&1", program);
        List<String> words = new ArrayList<>(
                List.of(docker.toString(), "exec", "-i", container().getContainerId()));
        words.addAll(joined);
        return words;
    }

    /** A program out of there, to be run on the machine itself. */
    Path copy(String program) {
        Path target =
                Subject.HOME.resolve("it-tests/target/clients").resolve(suite).resolve(program);
        try {
            Files.createDirectories(target.getParent());
            container().copyFileFromContainer("/usr/bin/" + program, target.toString());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        if (!target.toFile().setExecutable(true)) {
            throw new AssertionError("cannot make executable: " + target);
        }
        return target;
    }

    private synchronized GenericContainer<?> container() {
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        Assumptions.assumeTrue(docker, "SKIPPED: no Docker for the debuggers of Debian " + suite);
        if (running.isEmpty() && failure.isEmpty()) {
            try {
                removeWhatKilledRunsLeft();
                running = Optional.of(start());
            } catch (RuntimeException notMade) {
                // Nothing of ours: no image in reach, no package archive, no room. The others of its tests need not try
                // again.
                failure = String.valueOf(notMade.getMessage());
            }
        }
        Assumptions.assumeTrue(failure.isEmpty(), "SKIPPED: no container of Debian " + suite + ": " + failure);
        return running.orElseThrow();
    }

    private GenericContainer<?> start() {
        // An archive may be a copy of some days ago, which apt would take for out of date; the signatures are checked
        // all the same.
        ImageFromDockerfile image = new ImageFromDockerfile("gostub-debuggers:" + suite, false)
                .withDockerfileFromBuilder(builder -> builder.from("debian:" + suite + "-slim")
                        .run("apt-get -o Acquire::Check-Valid-Until=false update -qq"
                                + " && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "
                                + packages + " && rm -rf /var/lib/apt/lists/*")
                        .build());
        String home = Subject.HOME.toString();
        GenericContainer<?> container = new GenericContainer<>(image)
                .withNetworkMode("host")
                // Not withFileSystemBind, which tries first with another image whether files can be mounted at all.
                .withCreateContainerCmdModifier(create -> Objects.requireNonNull(create.getHostConfig())
                        .withBinds(new Bind(home, new Volume(home), AccessMode.ro)))
                .withLabel(LABEL, TestRun.MARK)
                .withCommand("sleep", "infinity");
        container.start();
        return container;
    }

    /** Those of other runs that go on, here or on another machine that uses the same daemon, stay. */
    private static void removeWhatKilledRunsLeft() {
        DockerClient docker = DockerClientFactory.instance().client();
        List<Container> ours = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec();
        for (Container each : ours) {
            // One that has ended waits for nobody: its machine was started anew.
            boolean ended = "exited".equals(each.getState());
            if (ended || TestRun.isOver(each.getLabels().getOrDefault(LABEL, ""))) {
                remove(docker, each.getId());
            }
        }
    }

    private static void remove(DockerClient docker, String container) {
        try {
            docker.removeContainerCmd(container).withForce(true).exec();
        } catch (NotFoundException | ConflictException _) {
            // Another run was faster.
        }
    }
}
