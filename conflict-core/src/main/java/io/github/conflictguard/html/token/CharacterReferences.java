package io.github.conflictguard.html.token;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Character references of HTML: all numeric ones, and by name those of HTML 4 and others for
 * letters and signs on keyboards. Unknown names stay unchanged.
 */
public final class CharacterReferences {

  /**
   * The characters from U+00A0 to U+00FF in order. These are recognized without a semicolon, too.
   */
  private static final String LATIN =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg "
          + "macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo "
          + "frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig "
          + "Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve "
          + "Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN "
          + "szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc "
          + "euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml "
          + "divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final String OTHERS =
      "Tab 9 NewLine a excl 21 num 23 dollar 24 percnt 25 apos 27 lpar 28 rpar 29 "
          + "ast 2a plus 2b comma 2c period 2e sol 2f colon 3a semi 3b equals 3d quest 3f "
          + "commat 40 lsqb 5b lbrack 5b bsol 5c rsqb 5d rbrack 5d Hat 5e lowbar 5f "
          + "grave 60 lcub 7b lbrace 7b verbar 7c vert 7c rcub 7d rbrace 7d half bd "
          + "Amacr 100 amacr 101 Abreve 102 abreve 103 Aogon 104 aogon 105 Cacute 106 "
          + "cacute 107 Ccaron 10c ccaron 10d Dcaron 10e dcaron 10f Emacr 112 emacr 113 "
          + "Eogon 118 eogon 119 Ecaron 11a ecaron 11b Gbreve 11e gbreve 11f Imacr 12a "
          + "imacr 12b Idot 130 inodot 131 Lstrok 141 lstrok 142 Nacute 143 nacute 144 "
          + "Ncaron 147 ncaron 148 Omacr 14c omacr 14d Odblac 150 odblac 151 OElig 152 "
          + "oelig 153 Rcaron 158 rcaron 159 Sacute 15a sacute 15b Scedil 15e scedil 15f "
          + "Scaron 160 scaron 161 Tcedil 162 tcedil 163 Tcaron 164 tcaron 165 Umacr 16a "
          + "umacr 16b Uring 16e uring 16f Udblac 170 udblac 171 Yuml 178 Zacute 179 "
          + "zacute 17a Zdot 17b zdot 17c Zcaron 17d zcaron 17e fnof 192 circ 2c6 "
          + "tilde 2dc Alpha 391 Beta 392 Gamma 393 Delta 394 Epsilon 395 Zeta 396 Eta 397 "
          + "Theta 398 Iota 399 Kappa 39a Lambda 39b Mu 39c Nu 39d Xi 39e Omicron 39f "
          + "Pi 3a0 Rho 3a1 Sigma 3a3 Tau 3a4 Upsilon 3a5 Phi 3a6 Chi 3a7 Psi 3a8 "
          + "Omega 3a9 alpha 3b1 beta 3b2 gamma 3b3 delta 3b4 epsilon 3b5 zeta 3b6 eta 3b7 "
          + "theta 3b8 iota 3b9 kappa 3ba lambda 3bb mu 3bc nu 3bd xi 3be omicron 3bf "
          + "pi 3c0 rho 3c1 sigmaf 3c2 sigma 3c3 tau 3c4 upsilon 3c5 phi 3c6 chi 3c7 "
          + "psi 3c8 omega 3c9 thetasym 3d1 upsih 3d2 piv 3d6 ensp 2002 emsp 2003 "
          + "thinsp 2009 ZeroWidthSpace 200b zwnj 200c zwj 200d lrm 200e rlm 200f "
          + "hyphen 2010 ndash 2013 mdash 2014 lsquo 2018 rsquo 2019 sbquo 201a ldquo 201c "
          + "rdquo 201d bdquo 201e dagger 2020 Dagger 2021 bull 2022 hellip 2026 "
          + "permil 2030 prime 2032 Prime 2033 lsaquo 2039 rsaquo 203a oline 203e "
          + "frasl 2044 euro 20ac image 2111 weierp 2118 real 211c trade 2122 alefsym 2135 "
          + "frac13 2153 larr 2190 uarr 2191 rarr 2192 darr 2193 harr 2194 crarr 21b5 "
          + "lArr 21d0 uArr 21d1 rArr 21d2 dArr 21d3 hArr 21d4 forall 2200 part 2202 "
          + "exist 2203 empty 2205 nabla 2207 isin 2208 notin 2209 ni 220b prod 220f "
          + "sum 2211 minus 2212 lowast 2217 radic 221a prop 221d infin 221e ang 2220 "
          + "and 2227 or 2228 cap 2229 cup 222a int 222b there4 2234 sim 223c cong 2245 "
          + "asymp 2248 ne 2260 equiv 2261 le 2264 ge 2265 sub 2282 sup 2283 nsub 2284 "
          + "sube 2286 supe 2287 oplus 2295 otimes 2297 perp 22a5 sdot 22c5 lceil 2308 "
          + "rceil 2309 lfloor 230a rfloor 230b loz 25ca starf 2605 star 2606 phone 260e "
          + "spades 2660 clubs 2663 hearts 2665 diams 2666 check 2713 lang 27e8 rang 27e9";

  /** The meaning of the numbers from 0x80 to 0x9F: windows-1252. */
  private static final String CONTROLS =
      "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
          + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

  private static final int LONGEST_NAME = 16;
  private static final int REPLACEMENT = 0xFFFD;
  private static final Map<String, Integer> NAMES = new HashMap<>();
  private static final Set<String> WITHOUT_SEMICOLON = new HashSet<>();

  static {
    int latin = 0xA0;
    for (String name : LATIN.split(" ", -1)) {
      NAMES.put(name, latin++);
    }
    NAMES.put("quot", (int) '"');
    NAMES.put("amp", (int) '&');
    NAMES.put("lt", (int) '<');
    NAMES.put("gt", (int) '>');
    NAMES.put("QUOT", (int) '"');
    NAMES.put("AMP", (int) '&');
    NAMES.put("LT", (int) '<');
    NAMES.put("GT", (int) '>');
    NAMES.put("COPY", 0xA9);
    NAMES.put("REG", 0xAE);
    WITHOUT_SEMICOLON.addAll(NAMES.keySet());
    String[] others = OTHERS.split(" ", -1);
    for (int i = 0; i < others.length; i += 2) {
      NAMES.put(others[i], Integer.parseInt(others[i + 1], 16));
    }
  }

  private CharacterReferences() {}

  /**
   * Replaces the character references in a text.
   *
   * @param inAttribute whether the text is an attribute value, where {@code &copy=1} is not a
   *     reference
   */
  public static String resolve(String text, boolean inAttribute) {
    int ampersand = text.indexOf('&');
    if (ampersand < 0) {
      return text;
    }
    StringBuilder resolved = new StringBuilder(text.length());
    int from = 0;
    while (ampersand >= 0) {
      resolved.append(text, from, ampersand);
      from = append(text, ampersand, inAttribute, resolved);
      ampersand = text.indexOf('&', from);
    }
    return resolved.append(text, from, text.length()).toString();
  }

  /** Appends the character of a reference, and returns the position at which to continue. */
  private static int append(String text, int start, boolean inAttribute, StringBuilder resolved) {
    int end =
        text.startsWith("#", start + 1)
            ? appendNumber(text, start, resolved)
            : appendName(text, start, inAttribute, resolved);
    if (end > start) {
      return end;
    }
    resolved.append('&');
    return start + 1;
  }

  private static int appendNumber(String text, int start, StringBuilder resolved) {
    boolean hex = text.startsWith("x", start + 2) || text.startsWith("X", start + 2);
    int from = start + (hex ? 3 : 2);
    int end = from;
    int number = 0;
    while (end < text.length() && digit(text.charAt(end), hex) >= 0) {
      number = Math.min(number * (hex ? 16 : 10) + digit(text.charAt(end), hex), 0x110000);
      end++;
    }
    if (end == from) {
      return start;
    }
    resolved.appendCodePoint(character(number));
    return text.startsWith(";", end) ? end + 1 : end;
  }

  private static int digit(char c, boolean hex) {
    return c < 0x80 ? Character.digit(c, hex ? 16 : 10) : -1;
  }

  private static int character(int number) {
    if (number >= 0x80 && number <= 0x9F) {
      return CONTROLS.charAt(number - 0x80);
    }
    boolean surrogate = number >= 0xD800 && number <= 0xDFFF;
    return number == 0 || number > 0x10FFFF || surrogate ? REPLACEMENT : number;
  }

  private static int appendName(
      String text, int start, boolean inAttribute, StringBuilder resolved) {
    int end = start + 1;
    while (end < text.length() && end - start <= LONGEST_NAME && isInName(text.charAt(end))) {
      end++;
    }
    if (text.startsWith(";", end)) {
      Integer known = NAMES.get(text.substring(start + 1, end));
      if (known != null) {
        resolved.appendCodePoint(known);
        return end + 1;
      }
    }
    if (inAttribute && (text.startsWith("=", end) || !isAloneIn(text, start, end))) {
      return start;
    }
    for (int shorter = end; shorter > start + 1; shorter--) {
      String name = text.substring(start + 1, shorter);
      Integer known = WITHOUT_SEMICOLON.contains(name) ? NAMES.get(name) : null;
      if (known != null) {
        resolved.appendCodePoint(known);
        return shorter;
      }
    }
    return start;
  }

  /** Returns whether the whole word is a name that needs no semicolon. */
  private static boolean isAloneIn(String text, int start, int end) {
    return WITHOUT_SEMICOLON.contains(text.substring(start + 1, end));
  }

  private static boolean isInName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
