<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology" version="3.22.16-Białowieża">
  <renderer-v2 attr="status_agreement" enableorderby="0" forceraster="0" referencescale="-1" symbollevels="0" type="categorizedSymbol">
    <categories>
      <category label="statuses agree" render="true" symbol="0" value="agree"></category>
      <category label="statuses differ" render="true" symbol="1" value="differ"></category>
      <category label="a status is not known" render="true" symbol="2" value="not known"></category>
      <category label="not told" render="true" symbol="3" value=""></category>
    </categories>
    <symbols>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="0" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="GeometryGenerator" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line"></Option>
            <Option name="geometryModifier" type="QString" value="make_line($geometry, make_point(&quot;b_lon&quot;, &quot;b_lat&quot;))"></Option>
            <Option name="units" type="QString" value="MapUnit"></Option>
          </Option>
          <prop k="SymbolType" v="Line"></prop>
          <prop k="geometryModifier" v="make_line($geometry, make_point(&quot;b_lon&quot;, &quot;b_lat&quot;))"></prop>
          <prop k="units" v="MapUnit"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
          <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@0@0" type="line">
            <data_defined_properties>
              <Option type="Map">
                <Option name="name" type="QString" value=""></Option>
                <Option name="properties"></Option>
                <Option name="type" type="QString" value="collection"></Option>
              </Option>
            </data_defined_properties>
            <layer class="SimpleLine" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="align_dash_pattern" type="QString" value="0"></Option>
                <Option name="capstyle" type="QString" value="square"></Option>
                <Option name="customdash" type="QString" value="5;2"></Option>
                <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="customdash_unit" type="QString" value="MM"></Option>
                <Option name="dash_pattern_offset" type="QString" value="0"></Option>
                <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="dash_pattern_offset_unit" type="QString" value="MM"></Option>
                <Option name="draw_inside_polygon" type="QString" value="0"></Option>
                <Option name="joinstyle" type="QString" value="bevel"></Option>
                <Option name="line_color" type="QString" value="0,158,115,255"></Option>
                <Option name="line_style" type="QString" value="solid"></Option>
                <Option name="line_width" type="QString" value="0.3"></Option>
                <Option name="line_width_unit" type="QString" value="MM"></Option>
                <Option name="offset" type="QString" value="0"></Option>
                <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="offset_unit" type="QString" value="MM"></Option>
                <Option name="ring_filter" type="QString" value="0"></Option>
                <Option name="trim_distance_end" type="QString" value="0"></Option>
                <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="trim_distance_end_unit" type="QString" value="MM"></Option>
                <Option name="trim_distance_start" type="QString" value="0"></Option>
                <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="trim_distance_start_unit" type="QString" value="MM"></Option>
                <Option name="tweak_dash_pattern_on_corners" type="QString" value="0"></Option>
                <Option name="use_custom_dash" type="QString" value="0"></Option>
                <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
              </Option>
              <prop k="align_dash_pattern" v="0"></prop>
              <prop k="capstyle" v="square"></prop>
              <prop k="customdash" v="5;2"></prop>
              <prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="customdash_unit" v="MM"></prop>
              <prop k="dash_pattern_offset" v="0"></prop>
              <prop k="dash_pattern_offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="dash_pattern_offset_unit" v="MM"></prop>
              <prop k="draw_inside_polygon" v="0"></prop>
              <prop k="joinstyle" v="bevel"></prop>
              <prop k="line_color" v="0,158,115,255"></prop>
              <prop k="line_style" v="solid"></prop>
              <prop k="line_width" v="0.3"></prop>
              <prop k="line_width_unit" v="MM"></prop>
              <prop k="offset" v="0"></prop>
              <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="offset_unit" v="MM"></prop>
              <prop k="ring_filter" v="0"></prop>
              <prop k="trim_distance_end" v="0"></prop>
              <prop k="trim_distance_end_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="trim_distance_end_unit" v="MM"></prop>
              <prop k="trim_distance_start" v="0"></prop>
              <prop k="trim_distance_start_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="trim_distance_start_unit" v="MM"></prop>
              <prop k="tweak_dash_pattern_on_corners" v="0"></prop>
              <prop k="use_custom_dash" v="0"></prop>
              <prop k="width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <data_defined_properties>
                <Option type="Map">
                  <Option name="name" type="QString" value=""></Option>
                  <Option name="properties"></Option>
                  <Option name="type" type="QString" value="collection"></Option>
                </Option>
              </data_defined_properties>
            </layer>
          </symbol>
        </layer>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="0,158,115,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="255,255,255,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="0,158,115,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="255,255,255,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="1" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="GeometryGenerator" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line"></Option>
            <Option name="geometryModifier" type="QString" value="make_line($geometry, make_point(&quot;b_lon&quot;, &quot;b_lat&quot;))"></Option>
            <Option name="units" type="QString" value="MapUnit"></Option>
          </Option>
          <prop k="SymbolType" v="Line"></prop>
          <prop k="geometryModifier" v="make_line($geometry, make_point(&quot;b_lon&quot;, &quot;b_lat&quot;))"></prop>
          <prop k="units" v="MapUnit"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
          <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@1@0" type="line">
            <data_defined_properties>
              <Option type="Map">
                <Option name="name" type="QString" value=""></Option>
                <Option name="properties"></Option>
                <Option name="type" type="QString" value="collection"></Option>
              </Option>
            </data_defined_properties>
            <layer class="SimpleLine" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="align_dash_pattern" type="QString" value="0"></Option>
                <Option name="capstyle" type="QString" value="square"></Option>
                <Option name="customdash" type="QString" value="5;2"></Option>
                <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="customdash_unit" type="QString" value="MM"></Option>
                <Option name="dash_pattern_offset" type="QString" value="0"></Option>
                <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="dash_pattern_offset_unit" type="QString" value="MM"></Option>
                <Option name="draw_inside_polygon" type="QString" value="0"></Option>
                <Option name="joinstyle" type="QString" value="bevel"></Option>
                <Option name="line_color" type="QString" value="213,94,0,255"></Option>
                <Option name="line_style" type="QString" value="solid"></Option>
                <Option name="line_width" type="QString" value="0.3"></Option>
                <Option name="line_width_unit" type="QString" value="MM"></Option>
                <Option name="offset" type="QString" value="0"></Option>
                <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="offset_unit" type="QString" value="MM"></Option>
                <Option name="ring_filter" type="QString" value="0"></Option>
                <Option name="trim_distance_end" type="QString" value="0"></Option>
                <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="trim_distance_end_unit" type="QString" value="MM"></Option>
                <Option name="trim_distance_start" type="QString" value="0"></Option>
                <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="trim_distance_start_unit" type="QString" value="MM"></Option>
                <Option name="tweak_dash_pattern_on_corners" type="QString" value="0"></Option>
                <Option name="use_custom_dash" type="QString" value="0"></Option>
                <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
              </Option>
              <prop k="align_dash_pattern" v="0"></prop>
              <prop k="capstyle" v="square"></prop>
              <prop k="customdash" v="5;2"></prop>
              <prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="customdash_unit" v="MM"></prop>
              <prop k="dash_pattern_offset" v="0"></prop>
              <prop k="dash_pattern_offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="dash_pattern_offset_unit" v="MM"></prop>
              <prop k="draw_inside_polygon" v="0"></prop>
              <prop k="joinstyle" v="bevel"></prop>
              <prop k="line_color" v="213,94,0,255"></prop>
              <prop k="line_style" v="solid"></prop>
              <prop k="line_width" v="0.3"></prop>
              <prop k="line_width_unit" v="MM"></prop>
              <prop k="offset" v="0"></prop>
              <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="offset_unit" v="MM"></prop>
              <prop k="ring_filter" v="0"></prop>
              <prop k="trim_distance_end" v="0"></prop>
              <prop k="trim_distance_end_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="trim_distance_end_unit" v="MM"></prop>
              <prop k="trim_distance_start" v="0"></prop>
              <prop k="trim_distance_start_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="trim_distance_start_unit" v="MM"></prop>
              <prop k="tweak_dash_pattern_on_corners" v="0"></prop>
              <prop k="use_custom_dash" v="0"></prop>
              <prop k="width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <data_defined_properties>
                <Option type="Map">
                  <Option name="name" type="QString" value=""></Option>
                  <Option name="properties"></Option>
                  <Option name="type" type="QString" value="collection"></Option>
                </Option>
              </data_defined_properties>
            </layer>
          </symbol>
        </layer>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="213,94,0,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="star"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="255,255,255,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="2"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="213,94,0,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="star"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="255,255,255,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="2"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="2" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="GeometryGenerator" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line"></Option>
            <Option name="geometryModifier" type="QString" value="make_line($geometry, make_point(&quot;b_lon&quot;, &quot;b_lat&quot;))"></Option>
            <Option name="units" type="QString" value="MapUnit"></Option>
          </Option>
          <prop k="SymbolType" v="Line"></prop>
          <prop k="geometryModifier" v="make_line($geometry, make_point(&quot;b_lon&quot;, &quot;b_lat&quot;))"></prop>
          <prop k="units" v="MapUnit"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
          <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@2@0" type="line">
            <data_defined_properties>
              <Option type="Map">
                <Option name="name" type="QString" value=""></Option>
                <Option name="properties"></Option>
                <Option name="type" type="QString" value="collection"></Option>
              </Option>
            </data_defined_properties>
            <layer class="SimpleLine" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="align_dash_pattern" type="QString" value="0"></Option>
                <Option name="capstyle" type="QString" value="square"></Option>
                <Option name="customdash" type="QString" value="5;2"></Option>
                <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="customdash_unit" type="QString" value="MM"></Option>
                <Option name="dash_pattern_offset" type="QString" value="0"></Option>
                <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="dash_pattern_offset_unit" type="QString" value="MM"></Option>
                <Option name="draw_inside_polygon" type="QString" value="0"></Option>
                <Option name="joinstyle" type="QString" value="bevel"></Option>
                <Option name="line_color" type="QString" value="119,119,119,255"></Option>
                <Option name="line_style" type="QString" value="solid"></Option>
                <Option name="line_width" type="QString" value="0.3"></Option>
                <Option name="line_width_unit" type="QString" value="MM"></Option>
                <Option name="offset" type="QString" value="0"></Option>
                <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="offset_unit" type="QString" value="MM"></Option>
                <Option name="ring_filter" type="QString" value="0"></Option>
                <Option name="trim_distance_end" type="QString" value="0"></Option>
                <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="trim_distance_end_unit" type="QString" value="MM"></Option>
                <Option name="trim_distance_start" type="QString" value="0"></Option>
                <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="trim_distance_start_unit" type="QString" value="MM"></Option>
                <Option name="tweak_dash_pattern_on_corners" type="QString" value="0"></Option>
                <Option name="use_custom_dash" type="QString" value="0"></Option>
                <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
              </Option>
              <prop k="align_dash_pattern" v="0"></prop>
              <prop k="capstyle" v="square"></prop>
              <prop k="customdash" v="5;2"></prop>
              <prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="customdash_unit" v="MM"></prop>
              <prop k="dash_pattern_offset" v="0"></prop>
              <prop k="dash_pattern_offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="dash_pattern_offset_unit" v="MM"></prop>
              <prop k="draw_inside_polygon" v="0"></prop>
              <prop k="joinstyle" v="bevel"></prop>
              <prop k="line_color" v="119,119,119,255"></prop>
              <prop k="line_style" v="solid"></prop>
              <prop k="line_width" v="0.3"></prop>
              <prop k="line_width_unit" v="MM"></prop>
              <prop k="offset" v="0"></prop>
              <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="offset_unit" v="MM"></prop>
              <prop k="ring_filter" v="0"></prop>
              <prop k="trim_distance_end" v="0"></prop>
              <prop k="trim_distance_end_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="trim_distance_end_unit" v="MM"></prop>
              <prop k="trim_distance_start" v="0"></prop>
              <prop k="trim_distance_start_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="trim_distance_start_unit" v="MM"></prop>
              <prop k="tweak_dash_pattern_on_corners" v="0"></prop>
              <prop k="use_custom_dash" v="0"></prop>
              <prop k="width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <data_defined_properties>
                <Option type="Map">
                  <Option name="name" type="QString" value=""></Option>
                  <Option name="properties"></Option>
                  <Option name="type" type="QString" value="collection"></Option>
                </Option>
              </data_defined_properties>
            </layer>
          </symbol>
        </layer>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="119,119,119,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="255,255,255,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="119,119,119,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="255,255,255,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="3" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="GeometryGenerator" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line"></Option>
            <Option name="geometryModifier" type="QString" value="make_line($geometry, make_point(&quot;b_lon&quot;, &quot;b_lat&quot;))"></Option>
            <Option name="units" type="QString" value="MapUnit"></Option>
          </Option>
          <prop k="SymbolType" v="Line"></prop>
          <prop k="geometryModifier" v="make_line($geometry, make_point(&quot;b_lon&quot;, &quot;b_lat&quot;))"></prop>
          <prop k="units" v="MapUnit"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
          <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@3@0" type="line">
            <data_defined_properties>
              <Option type="Map">
                <Option name="name" type="QString" value=""></Option>
                <Option name="properties"></Option>
                <Option name="type" type="QString" value="collection"></Option>
              </Option>
            </data_defined_properties>
            <layer class="SimpleLine" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="align_dash_pattern" type="QString" value="0"></Option>
                <Option name="capstyle" type="QString" value="square"></Option>
                <Option name="customdash" type="QString" value="5;2"></Option>
                <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="customdash_unit" type="QString" value="MM"></Option>
                <Option name="dash_pattern_offset" type="QString" value="0"></Option>
                <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="dash_pattern_offset_unit" type="QString" value="MM"></Option>
                <Option name="draw_inside_polygon" type="QString" value="0"></Option>
                <Option name="joinstyle" type="QString" value="bevel"></Option>
                <Option name="line_color" type="QString" value="119,119,119,255"></Option>
                <Option name="line_style" type="QString" value="solid"></Option>
                <Option name="line_width" type="QString" value="0.3"></Option>
                <Option name="line_width_unit" type="QString" value="MM"></Option>
                <Option name="offset" type="QString" value="0"></Option>
                <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="offset_unit" type="QString" value="MM"></Option>
                <Option name="ring_filter" type="QString" value="0"></Option>
                <Option name="trim_distance_end" type="QString" value="0"></Option>
                <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="trim_distance_end_unit" type="QString" value="MM"></Option>
                <Option name="trim_distance_start" type="QString" value="0"></Option>
                <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
                <Option name="trim_distance_start_unit" type="QString" value="MM"></Option>
                <Option name="tweak_dash_pattern_on_corners" type="QString" value="0"></Option>
                <Option name="use_custom_dash" type="QString" value="0"></Option>
                <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
              </Option>
              <prop k="align_dash_pattern" v="0"></prop>
              <prop k="capstyle" v="square"></prop>
              <prop k="customdash" v="5;2"></prop>
              <prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="customdash_unit" v="MM"></prop>
              <prop k="dash_pattern_offset" v="0"></prop>
              <prop k="dash_pattern_offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="dash_pattern_offset_unit" v="MM"></prop>
              <prop k="draw_inside_polygon" v="0"></prop>
              <prop k="joinstyle" v="bevel"></prop>
              <prop k="line_color" v="119,119,119,255"></prop>
              <prop k="line_style" v="solid"></prop>
              <prop k="line_width" v="0.3"></prop>
              <prop k="line_width_unit" v="MM"></prop>
              <prop k="offset" v="0"></prop>
              <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="offset_unit" v="MM"></prop>
              <prop k="ring_filter" v="0"></prop>
              <prop k="trim_distance_end" v="0"></prop>
              <prop k="trim_distance_end_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="trim_distance_end_unit" v="MM"></prop>
              <prop k="trim_distance_start" v="0"></prop>
              <prop k="trim_distance_start_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <prop k="trim_distance_start_unit" v="MM"></prop>
              <prop k="tweak_dash_pattern_on_corners" v="0"></prop>
              <prop k="use_custom_dash" v="0"></prop>
              <prop k="width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
              <data_defined_properties>
                <Option type="Map">
                  <Option name="name" type="QString" value=""></Option>
                  <Option name="properties"></Option>
                  <Option name="type" type="QString" value="collection"></Option>
                </Option>
              </data_defined_properties>
            </layer>
          </symbol>
        </layer>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="119,119,119,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="cross2"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="119,119,119,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.4"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="119,119,119,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="cross2"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="119,119,119,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.4"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
    <rotation></rotation>
    <sizescale></sizescale>
  </renderer-v2>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <layerGeometryType>0</layerGeometryType>
</qgis>
