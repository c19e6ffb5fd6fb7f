// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/xhtml.hpp"

#include <doctest/doctest.h>

#include <string>

using fbss::fhirpath::is_narrative;

TEST_CASE("narratives that keep the rules") {
  for (const char* text : {
           "<div>x</div>",
           "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Ada &amp; Bob</p></div>",
           " \n<div>x</div>\n",
           "<div><img src='a.png' alt=\"it's\"/></div>",
           "<div><a href=\"#x\">x</a><a name='x'/></div>",
           "<div ><b >x</b ><br /><br></br></div>",
           "<div>&#160;</div>",
           "<div>&#xA0;&#x1F525;</div>",
           "<div>x<!-- a - b --></div>",
           "<div title='a &lt; b' id = \"i\">x</div>",
           "<div><table class='grid'><tr><td colspan=\"2\">1</td></tr></table></div>",
           "<div>a ]] > b</div>",
           "<div>\xC3\xA9</div>",
       })
    CHECK_MESSAGE(is_narrative(text) == true, text);
}

TEST_CASE("narratives that do not") {
  for (const char* text : {
           "",
           "x",
           "<div/>",
           "<div></div>",
           "<div> \n\t&#32;</div>",
           "<div><img alt='x'/></div>",
           "<p>x</p>",
           "<div>x</div><div>y</div>",
           "<div>x</div>y",
           "<div>x",
           "<div>x</p>",
           "<div><b><i>x</b></i></div>",
           "<div>x</div></div>",
           "<DIV>x</DIV>",
           "<div><br>x</div>",
           "<div><script>x</script></div>",
           "<div><form>x</form></div>",
           "<div><ins>x</ins></div>",
           "<div onclick='x'>x</div>",
           "<div xml:lang='en'>x</div>",
           "<div id='a' id='b'>x</div>",
           "<div id='a'class='b'>x</div>",
           "<div id=a>x</div>",
           "<div id>x</div>",
           "<div id='a>x</div>",
           "<div title='<'>x</div>",
           "<div title='&nbsp;'>x</div>",
           "<div xmlns='http://example.org'>x</div>",
           "<div>&nbsp;</div>",
           "<div>&</div>",
           "<div>&amp</div>",
           "<div>&#;x</div>",
           "<div>&#x;x</div>",
           "<div>&#1;x</div>",
           "<div>&#xD800;x</div>",
           "<div>&#x110000;x</div>",
           "<div>&#xFFFFFFFFFFFF;x</div>",
           "<div>&#12a;x</div>",
           "<div>]]></div>",
           "<div>\x01x</div>",
           "<div>x\xEF\xBF\xBE</div>",
           "<div>x<!-- a -- b --></div>",
           "<div>x<!-- a",
           "<!-- a --><div>x</div>",
           "<?xml version='1.0'?><div>x</div>",
           "<!DOCTYPE html><div>x</div>",
           "<div><![CDATA[x]]></div>",
           "<",
           "<div",
           "<div ",
           "<div /",
           "<div id",
           "<div id=",
           "<div id='",
           "</div>",
           "< div>x</div>",
           "<div>x</ div>",
           "<div><>x</></div>",
       })
    CHECK_MESSAGE(is_narrative(text) == false, text);
}

TEST_CASE("what is nested too deep is not judged") {
  std::string inner = "x";
  for (int i = 0; i < 199; ++i) inner = "<b>" + inner + "</b>";
  CHECK(is_narrative("<div>" + inner + "</div>") == true);
  CHECK(!is_narrative("<div><b>" + inner + "</b></div>"));
}
