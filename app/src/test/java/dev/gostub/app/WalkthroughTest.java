package dev.gostub.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WalkthroughTest {
    private static final List<Walkthrough.Step> STEPS = List.of(
            new Walkthrough.Step("one", List.of("a", "b")),
            new Walkthrough.Step("continue", List.of("first")),
            new Walkthrough.Step("continue", List.of("second")));

    @Test
    void rightAnswersInTheRightPlacesHaveNoFault() {
        assertEquals(
                Optional.empty(), fault("x\n(gdb) one\na and b\n\n(gdb) continue\nfirst\n\n(gdb) continue\nsecond\n"));
    }

    @Test
    void answerOfAnotherCommandDoesNotCount() {
        assertTrue(fault("(gdb) one\na\n\n(gdb) continue\nb first\n\n(gdb) continue\nsecond")
                .orElse("")
                .contains("'one' did not answer 'b'"));
        assertTrue(fault("(gdb) one\na b\n\n(gdb) continue\nsecond\n\n(gdb) continue\nfirst")
                .orElse("")
                .contains("'continue' did not answer 'first'"));
    }

    @Test
    void orderWithinAnAnswerCounts() {
        assertTrue(fault("(gdb) one\nb a\n\n(gdb) continue\nfirst\n\n(gdb) continue\nsecond")
                .isPresent());
    }

    @Test
    void sessionThatBreaksOffIsAFault() {
        assertTrue(fault("(gdb) one\na b\n").orElse("").contains("never came to 'continue'"));
    }

    @Test
    void openingIsTheFirstFourStepsOfTheWhole() {
        assertEquals(Walkthrough.whole().subList(0, 4), Walkthrough.opening());
        assertEquals("x/10i $pc", Walkthrough.opening().getLast().command());
    }

    private static Optional<String> fault(String output) {
        return Walkthrough.fault(STEPS, output);
    }
}
