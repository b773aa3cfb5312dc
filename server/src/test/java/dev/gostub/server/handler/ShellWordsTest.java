package dev.gostub.server.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void blanksSeparateWords() {
        assertEquals(List.of("a", "b", "c"), ShellWords.split("  a b\tc "));
        assertEquals(List.of(), ShellWords.split("  "));
    }

    @Test
    void quotesAndBackslashesKeepBlanks() {
        assertEquals(List.of("a b", "c d", "e f", ""), ShellWords.split("'a b' \"c d\" e\\ f ''"));
    }

    @Test
    void backslashIsPlainInSingleQuotesAndBeforeOrdinaryCharactersInDoubleOnes() {
        assertEquals(List.of("\\n", "\\n", "\"", "n"), ShellWords.split("'\\n' \"\\n\" \"\\\"\" \\n"));
    }

    @Test
    void partsGrowTogether() {
        assertEquals(List.of("abc"), ShellWords.split("a'b'\"c\""));
    }

    @Test
    void joinedWordsAreSplitIntoTheSameWords() {
        String alphabet = "ab '\"\\$*\n;é";
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> words = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                StringBuilder word = new StringBuilder();
                for (int j = random.nextInt(6); j > 0; j--) {
                    word.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                words.add(word.toString());
            }
            assertEquals(words, ShellWords.split(ShellWords.join(words)), "seed " + seed);
        }
    }
}
